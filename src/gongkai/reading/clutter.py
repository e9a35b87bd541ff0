"""What stands around a document on a web page: breadcrumbs, share bars, buttons, file names.

Decides by words alone, for text copied from pages; tags are judged where pages are read.
"""

from __future__ import annotations

import re

_BUTTON = (
    r"(?:打印(?:本页|此页|文章|内容)?|关闭(?:本页|窗口|此页|页面)?|收藏(?:本页)?|返回(?:顶部|首页|列表|上[一级]\S?)?"
    r"|字[号体](?:大小)?|大|中|小|默认|繁体|简体|纠错|我要纠错|复制链接|分享|推荐|下载|听全文|语音播报|放大|缩小|[A+\-－＋]+)"
)
_FILE = r"(?:[\w%()（）一-龥-]+/)*[\w%()（）一-龥-]+\.(?:s?html?|jsp|aspx?|php|do|action)"
_CLUTTER = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        r"^(?:您|你)?(?:现在|当前|目前)?(?:的|所在|所处)*(?:位置|栏目)\s*(?:是|为)?\s*[:：]",
        r"^(?:网站|门户)?(?:首页|主页)\s*(?:[>＞»›/|→\\-]|--)",
        r"^(?:[^\s>＞»›。]{2,14}\s*[>＞»›]\s*){2,}[^。]{0,40}$",
        r"^[\[【(（]?\s*(?:一键)?分享(?:(?:到|至)\s*[:：]?[^。，]{0,30}|(?:本文|文章)?[\]】)）\s:：|｜]*)$",
        rf"^[【\[(（「]?\s*字[号体](?:大小)?\s*[】\])）」]?\s*[:：]?[\s|｜【】\[\]]*(?:{_BUTTON}[\s|｜【】\[\]/]*)*$",
        rf"^(?:[【\[(（「]?\s*{_BUTTON}\s*[】\])）」]?[\s|｜/]*){{1,8}}$",
        r"^[\[【]?\s*[上下]一(?:[篇页]|[条则]\s*[\]】]?\s*[:：])",
        r"^(?:手机)?(?:微信)?扫(?:一扫|码|描)",
        r"^(?:责任编辑|责编|编辑|审核|校对|录入|作者|供稿|撰稿|浏览(?:次数|量|人数)?|点击(?:次数|数|率|量)?|访问(?:次数|量)|阅读(?:次数|量)?)\s*[:：]\s*\S{0,20}$",
        rf"^\.{{0,2}}/?{_FILE}(?:\?\S*)?$",
        r"^https?://\S+$",
        r"^[•·●▪■◆|｜_=*~—－-]+(?:\s*[•·●▪■◆|｜_=*~—－-]+)+\s*$",
        r"^[•·●▪■◆]\s*[|｜]?$",
        r"^(?:主办单位|版权所有)\s*[:：][^。]*(?:承办|维护|版权|标识|备案|地址|电话|$)",
        r"^(?:网站标识码|联系我们|网站地图|站点地图|技术支持|公安备案|\S{1,2}公网安备)[^。]{0,80}$",
        r"^[一-龥]?ICP备",
        r"^(?:copyright|©)",
        r"^[—–\-－]{1,2}\s*\d{1,3}\s*[—–\-－]{1,2}$|^第\s*\d{1,3}\s*页(?:\s*[,，/]?\s*共\s*\d{1,3}\s*页)?$",
        r"^相关附件\s*[:：]?$",
        r"^相关(?:链接|文章|解读|新闻|稿件|政策)\s*(?:[:：].{0,60})?$",
        r"^(?:您访问的链接即将离开|无障碍(?:浏览|阅读)|返回顶部|本站搜索|全文搜索)[^。]{0,30}$",
        r"^(?:微信|微博|新浪微博|腾讯微博|QQ空间|QQ好友|朋友圈|人人网|豆瓣网?|\s|[|｜、])+$",
    )
)
_TAIL = re.compile(
    rf"\s*(?:[【\[「]\s*(?:{_BUTTON}|分享)(?:\s*[:：]?\s*{_BUTTON})*\s*[】\]」]\s*)+$"
    r"|(?<=[。；;：:\s|])\s*分享(?:到|至)\s*[:：][^。]{0,30}$"
)
_LONGEST = 160


def is_clutter(text: str) -> bool:
    """Say whether a line is no word of the document: a breadcrumb, a share bar, a file name."""
    text = text.strip().removesuffix("|").removesuffix("｜").strip()
    if not text.strip("|｜ ") or len(text) > _LONGEST:
        return False
    return any(pattern.search(text) for pattern in _CLUTTER)


def without_tail(text: str) -> int:
    """Return where a line's own words end before buttons such as 【打印】【关闭】."""
    found = _TAIL.search(text, max(0, len(text) - _LONGEST))
    return found.start() if found else len(text)
