"""Words of a deadline column that name no day: by the superior, promptly, standing."""

from __future__ import annotations

import re

_BODY = (
    r"(?:国家|中央|国务院|上级|上面|自治区|兵团|省|市|州|盟|县|区|旗|镇|部里|部委|交通运输部|厅)"
)
_PLAN = r"(?:安排|部署|要求|节点|进度|时序|通知|为准|规定|明确|时限|时间|文件|计划|任务|通报)"

SUPERIOR = re.compile(
    rf"(?:按照?|根据|依据|依照|遵照|服从|听从|待|等待?|以|视|随)(?:{_BODY}|统一)[^,。;]{{0,16}}?{_PLAN}"
    rf"|与{_BODY}[^,。;]{{0,6}}同步|{_BODY}级?(?:统一)?(?:安排|部署)(?:后|时间)?"
)
PROMPTLY = re.compile(
    r"及时|即时|第一时间|随时|立即|实时|尽快|马上|当[日天]|立行立改|立整立改|立查立改|即知即改|即行即改|即办|随办随|即到即|即收即|即审即"
)
STANDING = re.compile(
    r"常态化?|长期|长效|持续|经常|日常|贯穿|不间断|不断|常年|始终|一直|永久|全程|每[天日周]|每个?工作日|"
    r"每半个?月|按[日周]|逐[日周]|动态"
)
"""What comes back more often than each month has no cadence of its own here: it is standing."""
WHOLE_YEAR = re.compile(r"全年|整年")
