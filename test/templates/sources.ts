/** A template around some blocks. */
export const around = (inner: string, head = '') =>
  `<mjml>${head}<mj-body><mj-section><mj-column>${inner}</mj-column></mj-section></mj-body></mjml>`

/** Sources that are written as people write them: all of them are allowed, and none may be changed. */
export const NASTY: Readonly<Record<string, string>> = {
  tables: around(
    '<mj-table><tr><th style="padding:0 8px">A</th><td>1 &lt; 2</td></tr>\n<tr><td colspan="2">x</td></tr></mj-table>',
  ),
  raw: `<mjml><mj-body><mj-raw><div class="x">raw <b>html</b></div></mj-raw><mj-section><mj-column><mj-text>x</mj-text></mj-column></mj-section></mj-body></mjml>`,
  comments:
    '<!-- first {{ not.a.tag }} -->\n<mjml><!-- a --><mj-body><mj-section><!-- {% if --><mj-column><mj-text><!-- inside --> x</mj-text></mj-column></mj-section></mj-body></mjml>\n<!-- last -->',
  outlook: around('<mj-text>x</mj-text><mj-raw><!--[if mso]><p>Outlook</p><![endif]--></mj-raw>'),
  attributes: around(
    '<mj-text mj-class="big">x</mj-text>',
    '<mj-head><mj-attributes><mj-all font-family="Arial" /><mj-text color="#333333"/><mj-class name="big" font-size="20px" /></mj-attributes></mj-head>',
  ),
  'Liquid in attributes': around(
    `<mj-image src="https://pictures.test/{{ customer.language | default: 'en' }}.png" alt="{% if customer.first_name %}For {{ customer.first_name }}{% else %}For you{% endif %}" />
     <mj-button href='https://x.test/?name={{ customer.first_name | url_encode | append: "y" }}'>x</mj-button>`,
  ),
  'self-closing tags': around(
    '<mj-spacer/><mj-divider /><mj-image src="https://x.test/a.png" alt=""/><mj-text>a<br/>b<hr></mj-text>',
  ),
  'Liquid that is less than': around(
    '<mj-text>{% assign n = 2 %}{% if n < 3 and n >= 1 %}a &lt; b{% endif %}</mj-text>',
  ),
  'Liquid between elements': `<mjml><mj-body><mj-raw>{% if customer.last_name %}</mj-raw><mj-section><mj-column><mj-text>x</mj-text></mj-column></mj-section><mj-raw>{% else %}</mj-raw><mj-section><mj-column><mj-text>y</mj-text></mj-column></mj-section><mj-raw>{% endif %}</mj-raw></mj-body></mjml>`,
  'windows line ends': around('\r\n<mj-text>\r\n  one\r\n\ttwo\r\n</mj-text>\r\n'),
  'odd case and quotes': around(`<MJ-TEXT font-size='14px'  color = "#123456" >x</MJ-TEXT>`),
  'right to left': around('<mj-text align="right">שלום {{ customer.first_name }} مرحبا 👩‍👩‍👧‍👦 e\u0301</mj-text>'),
  'raw Liquid': around(
    '<mj-text>{% raw %}{{ this is text }}{% endraw %} {{ "}}" }} {%- comment -%} no {%- endcomment -%}</mj-text>',
  ),
  'styles and media': around(
    '<mj-text css-class="a">x</mj-text>',
    '<mj-head><mj-style inline="inline">.a div { color: red }</mj-style><mj-style>@media (max-width: 480px) { .a > div { color: blue } }</mj-style><mj-html-attributes><mj-selector path=".a div"><mj-html-attribute name="data-x">1</mj-html-attribute></mj-selector></mj-html-attributes></mj-head>',
  ),
}

/** What is never allowed, with what the mistake says and the line it is in. */
export const HOSTILE: readonly [name: string, source: string, says: RegExp, line?: number][] = [
  ['an include', `<mjml>\n<mj-body>\n<mj-include path="/etc/passwd" />\n</mj-body></mjml>`, /mj-include is off/, 3],
  [
    'an include of CSS',
    around('<mj-text>x</mj-text>', '<mj-head><mj-include path="./a.css" type="css" /></mj-head>'),
    /mj-include is off/,
  ],
  ['a script', around('<mj-text>\n\n<script>alert(1)</script></mj-text>'), /<script> is not allowed/, 3],
  ['a script in raw', around('<mj-raw><SCRIPT src=//x.test></SCRIPT></mj-raw>'), /<script> is not allowed/],
  [
    'a script for Outlook',
    around('<mj-raw><!--[if mso]><script>1</script><![endif]--></mj-raw>'),
    /<script> is not allowed/,
  ],
  ['an event handler', around('<mj-text>\n<b ONCLICK="x()">y</b></mj-text>'), /Mails run no code/, 2],
  [
    'an event handler by html-attributes',
    around(
      '<mj-text>x</mj-text>',
      '<mj-head><mj-html-attributes><mj-selector path="div"><mj-html-attribute name="onclick">x</mj-html-attribute></mj-selector></mj-html-attributes></mj-head>',
    ),
    /can’t be added/,
  ],
  ['a javascript: link', around('<mj-button href="javascript:alert(1)">x</mj-button>'), /begins with javascript:/],
  [
    'a javascript: link in entities',
    around('<mj-text><a href="java&#115;cript&colon;alert(1)">x</a></mj-text>'),
    /begins with javascript:/,
  ],
  [
    'a javascript: link with a line end',
    around('<mj-text><a href="java\nscript:alert(1)">x</a></mj-text>'),
    /javascript|page/,
  ],
  [
    'a javascript: link by Liquid',
    around(`<mj-text><a href="{{ 'javascript:alert(1)' }}">x</a></mj-text>`),
    /has to begin with/,
  ],
  [
    'a javascript: link in two halves',
    around(`<mj-text><a href="java{{ '' }}script:alert(1)">x</a></mj-text>`),
    /has to begin with/,
  ],
  ['a data: link', around('<mj-text><a href="data:text/html,x">x</a></mj-text>'), /begins with data:/],
  ['a data: picture', around('<mj-image src="data:image/png;base64,AAAA" alt="" />'), /upload it/],
  ['a tag made by Liquid', around(`<mj-text><{{ 'script' }}>x</mj-text>`), /can’t follow a “<”/],
  [
    'a tag made by Liquid that eats white space',
    around(`<mj-text>< {{- 'script' -}} >x</mj-text>`),
    /can’t follow a “<”/,
  ],
  [
    'a tag name with Liquid in it',
    around(`<mj-text><scr{% if true %}{% endif %}ipt>x</mj-text>`),
    /name of an element/,
  ],
  [
    'an attribute made by Liquid',
    around(`<mj-text><b {{ 'onclick=x' }}>x</b></mj-text>`),
    /in the value of an attribute/,
  ],
  [
    'Liquid without quotes',
    around('<mj-text><a href=https://x.test/{{ customer.first_name }}>x</a></mj-text>'),
    /needs quotes/,
  ],
  ['a frame', around('<mj-raw><iframe src="https://x.test"></iframe></mj-raw>'), /<iframe> is not allowed/],
  ['an SVG', around('<mj-raw><svg onload="x()"></svg></mj-raw>'), /<svg> is not allowed/],
  [
    'a page that leads away',
    around('<mj-raw><meta http-equiv="refresh" content="0;url=https://x.test"></mj-raw>'),
    /<meta> is not allowed/,
  ],
  ['a form', around('<mj-raw><form action="https://x.test"></form></mj-raw>'), /<form> is not allowed/],
  [
    'a style that runs code',
    around('<mj-text><b style="width:expression(alert(1))">x</b></mj-text>'),
    /Styles that run code/,
  ],
  [
    'the filter that escapes nothing',
    around('<mj-text>{{ customer.first_name | raw }}</mj-text>'),
    /undefined filter: raw/,
  ],
  ['a partial', around(`<mj-text>{% include 'x' %}</mj-text>`), /tag "include" not found/],
  ['a partial that is rendered', around(`<mj-text>{% render '/etc/passwd' %}</mj-text>`), /tag "render" not found/],
  [
    'an unknown merge tag',
    around('<mj-text>a\n {{ customer.frist_name }}</mj-text>'),
    /did you mean “customer.first_name”/,
    2,
  ],
  ['a group', around('<mj-text>{{ customer }}</mj-text>'), /is a group/],
  ['an internal name', around('<mj-text>{{ links.to[0] }}</mj-text>'), /no merge tag “links.to/],
  ['text where none is shown', '<mjml><mj-body>\n  {{ customer.first_name }}\n</mj-body></mjml>', /is dropped/, 2],
  ['an element that is never closed', around('\n<mj-text>x'), /never closed/, 2],
  ['an end without a beginning', around('<mj-text>x</mj-text></mj-button>'), /closes nothing/],
  ['an unknown element', around('<mj-txet>x</mj-txet>'), /did you mean <mj-text>/],
  ['an unknown attribute', around('<mj-text colour="red">x</mj-text>'), /did you mean “color”/],
  ['an element in the wrong place', '<mjml><mj-body><mj-text>x</mj-text></mj-body></mjml>', /can’t stand in <mj-body>/],
  ['Liquid that is not closed', around('<mj-text>{{ customer.first_name </mj-text>'), /not closed/],
  ['a condition that is not closed', around('<mj-text>{% if customer.first_name %}x</mj-text>'), /not closed/],
  ['too deep', around(`<mj-text>${'<div>'.repeat(40)}x${'</div>'.repeat(40)}</mj-text>`), /30 deep/],
  ['a control character', around('<mj-text>a\u0007b</mj-text>'), /Control characters/],
  ['a mark of ours', around('<mj-text>\uFDD00\uFDD1</mj-text>'), /Control characters/],
  [
    'a survey without a name',
    around('<mj-survey question="Why?"><mj-survey-answer value="a">A</mj-survey-answer></mj-survey>'),
    /needs a name/,
  ],
  ['a survey without answers', around('<mj-survey name="x" question="Why?"></mj-survey>'), /needs answers/],
  [
    'two answers alike',
    around(
      '<mj-survey name="x" question="Why?"><mj-survey-answer value="a">A</mj-survey-answer><mj-survey-answer value="a">B</mj-survey-answer></mj-survey>',
    ),
    /already/,
  ],
  [
    'Liquid in a survey',
    around(
      '<mj-survey name="x" question="Why, {{ customer.first_name }}?"><mj-survey-answer value="a">A</mj-survey-answer></mj-survey>',
    ),
    /No Liquid/,
  ],
]
