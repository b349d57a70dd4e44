import type { Random } from '../support/random.ts'

const TEXTS = [
  'Hello {{ customer.first_name | default: "friend" }}!',
  '<p>Grüße &amp; <b>K&uuml;sse</b></p>',
  '{% if reward %}<p>1 < 2 &gt; 0</p>{% endif %}',
  'a <br> b <img src="x>y"> c',
  '<!-- </mj-text> stays here -->',
  '{{ "</mj-text>" }}',
  '<![CDATA[ </mj-text> ]]>',
  '',
]
const VALUES = [
  '#fff',
  '10px 25px',
  'https://a.test/?x=1&amp;y=2',
  "{{ links.offer | append: 'y' }}",
  '{{ a | default: "b" }}',
  'a > b / c',
  '',
]
const NAMES = ['color', 'css-class', 'href', 'data-x', 'Padding', 'mj:odd']
const BETWEEN = ['', '\n', '\n  ', '\r\n\t', '  ']

function attributes(random: Random): string {
  let out = ''
  for (let left = random.int(0, 3); left > 0; left--) {
    const name = random.pick(NAMES)
    const value = random.pick(VALUES)
    const quote = value.includes('"') && !value.startsWith('{{') ? "'" : random.pick(['"', "'"])
    const gap = random.pick([' ', '\n   ', '\t'])
    const way = random.int(1, 12)
    if (way === 1) out += `${gap}${name}`
    else if (way === 2) out += `${gap}${name}=12px`
    else if (way === 3) out += `${gap}{% if x > 1 %}${name}="y"{% endif %}`
    else out += `${gap}${name}${random.pick(['=', ' = '])}${quote}${value}${quote}`
  }
  return out
}

const tag = (random: Random, name: string, content: string): string =>
  content === '' && random.chance(0.5)
    ? `<${name}${attributes(random)}${random.pick(['/>', ' />'])}`
    : `<${name}${attributes(random)}>${content}</${name}${random.pick(['', '', ' '])}>`

function several(random: Random, make: () => string): string {
  let out = random.pick(BETWEEN)
  for (let left = random.int(0, 3); left > 0; left--) {
    if (random.chance(0.12)) out += `<!-- note ${random.int(1, 9)} -->${random.pick(BETWEEN)}`
    if (random.chance(0.08)) out += `{% if x %}${random.pick(BETWEEN)}`
    if (random.chance(0.05)) out += 'words between'
    out += make() + random.pick(BETWEEN)
  }
  return out
}

const leaf = (random: Random): string => {
  const name = random.pick([
    'mj-text',
    'mj-button',
    'mj-image',
    'mj-divider',
    'mj-raw',
    'mj-table',
    'MJ-TEXT',
    'my-own',
  ])
  const holds = !['mj-image', 'mj-divider'].includes(name)
  const texts = name === 'MJ-TEXT' || name === 'my-own' ? ['words', ''] : TEXTS
  const text = random.pick(texts)
  return tag(random, name, holds && !(text.includes('</mj-text>') && name === 'my-own') ? text : '')
}

/** A source of MJML that is well formed and has a bit of everything. */
export function randomMjml(random: Random): string {
  const column = () =>
    tag(
      random,
      'mj-column',
      several(random, () => leaf(random)),
    )
  const section = () => tag(random, 'mj-section', several(random, column))
  const part = () =>
    random.chance(0.2)
      ? tag(random, 'mj-wrapper', several(random, section))
      : random.chance(0.1)
        ? leaf(random)
        : section()
  const head = random.chance(0.6)
    ? tag(random, 'mj-head', `<mj-attributes><mj-all padding="0" /></mj-attributes><mj-style>a { b: c > d }</mj-style>`)
    : ''
  const start = random.pick(['', '<?xml version="1.0"?>\n', '<!doctype mjml>', '﻿', '  <!-- first -->\n'])
  return `${start}<mjml${attributes(random)}>${head}${tag(random, 'mj-body', several(random, part))}</mjml>${random.pick(['', '\n', '\n\n'])}`
}
