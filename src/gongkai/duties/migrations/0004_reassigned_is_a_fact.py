"""A duty given to others leaves a fact in its ledger."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('duties', '0003_open_duties_along_indexes'),
    ]

    operations = [
        migrations.AlterField(
            model_name='fact',
            name='kind',
            field=models.CharField(choices=[('started', '开始计时'), ('paused', '暂停计时'), ('resumed', '恢复计时'), ('extended', '延长期限'), ('reset', '重新起算'), ('date_set', '定下日期'), ('met', '办结'), ('reopened', '重新办理'), ('cancelled', '取消'), ('reassigned', '改派')], max_length=10),
        ),
    ]
