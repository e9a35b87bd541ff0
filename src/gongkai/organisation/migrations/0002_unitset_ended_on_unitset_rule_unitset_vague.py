
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('organisation', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='unitset',
            name='ended_on',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='unitset',
            name='rule',
            field=models.CharField(choices=[('listed', '逐个列出'), ('sections', '全部内设科室'), ('subordinates', '全部所属单位'), ('departments', '全部下级部门'), ('localities', '全部下级政府（县、市、区、乡、镇、街道）'), ('everyone', '全部科室、所属单位和下级机关')], default='listed', max_length=16),
        ),
        migrations.AddField(
            model_name='unitset',
            name='vague',
            field=models.BooleanField(default=False),
        ),
    ]
