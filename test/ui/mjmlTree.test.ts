import { describe, expect, test } from '@jest/globals'
import { type MjmlCommand, tryCommand } from '../../ui/templates/mjml/commands.ts'
import { applyEdits, editBetween, invertEdits, positionAfter, positionBefore } from '../../ui/templates/mjml/edits.ts'
import type { MjmlNode, MjmlTree } from '../../ui/templates/mjml/nodes.ts'
import { parseMjml } from '../../ui/templates/mjml/parse.ts'
import { readValue, writeValue } from '../../ui/templates/mjml/values.ts'
import { allBlocks, blocksAt, elementAt, nodeAt, pathAt, placeOf } from '../../ui/templates/mjml/walk.ts'
import type { Random } from '../support/random.ts'
import { randomFrom } from '../support/random.ts'
import { randomMjml } from './randomMjml.ts'

const SEEDS = Array.from({ length: 300 }, (_, seed) => seed)

/** The source written from the pieces of its tree, each of which may be only once and in order. */
function written(tree: MjmlTree): string {
  const cut = (start: number, end: number) => tree.source.slice(start, end)
  const write = (node: MjmlNode): string => {
    if (node.kind !== 'element') return cut(node.start, node.end)
    const inside = node.opaque ? cut(node.content.start, node.content.end) : node.children.map(write).join('')
    return cut(node.open.start, node.open.end) + inside + (node.close ? cut(node.close.start, node.close.end) : '')
  }
  return tree.nodes.map(write).join('')
}

const attribute = (source: string, name: string) => {
  const tree = parseMjml(source)
  const found = elementAt(tree, '0')?.attributes.find((one) => one.name === name)
  return found && source.slice(found.value.start, found.value.end)
}

describe('a source taken apart', () => {
  test.each(SEEDS)('has every character once, seed %i', (seed) => {
    const source = randomMjml(randomFrom(seed))
    expect(written(parseMjml(source))).toBe(source)
  })

  test.each(SEEDS)('has every character once when it is cut off, mixed up or doubled, seed %i', (seed) => {
    const random = randomFrom(seed)
    const source = randomMjml(random)
    const cut = source.slice(random.int(0, source.length), random.int(0, source.length))
    for (const broken of [cut, cut + source, source.replaceAll('"', ''), source.replace('</', '<'), `${cut}<!--`]) {
      expect(written(parseMjml(broken))).toBe(broken)
    }
  })

  test.each([
    ['<a href="{{ x | append: "y" }}">', 'href', '{{ x | append: "y" }}'],
    ['<a href=\'{{ x | append: "y" }}\'/>', 'href', '{{ x | append: "y" }}'],
    ['<a title="1 > 2" href=x/>', 'href', 'x'],
    ['<a {% if b > 1 %}x="1"{% endif %} href="z">', 'href', 'z'],
    ['<a\n  HREF="A"\n  href = "b">', 'href', 'b'],
    ['<a full-width>', 'full-width', ''],
  ])('finds attributes in %s', (source, name, value) => {
    expect(attribute(source, name)).toBe(value)
  })

  test('looks into structure, and not into text, tables, raw, comments and CDATA', () => {
    const inside = '<b>x</b> <!-- </mj-raw> --> {% raw %}</mj-raw>{% endraw %} <mj-raw>own</mj-raw>'
    const tree = parseMjml(`<mj-column><mj-raw>${inside}</mj-raw><mj-divider/><![CDATA[<mj-text>]]></mj-column>`)
    expect(allBlocks(tree).map(({ path }) => path)).toEqual(['0', '0.0', '0.1', '0.2'])
    const raw = elementAt(tree, '0.0')
    expect(raw && tree.source.slice(raw.content.start, raw.content.end)).toBe(inside)
  })

  test('does not take capitals for its own: `MJ-TEXT` is looked into like any other unknown element', () => {
    const tree = parseMjml('<MJ-TEXT><b>x</b></MJ-TEXT>')
    expect(elementAt(tree, '0')).toMatchObject({ name: 'MJ-TEXT', opaque: false })
  })

  test('goes on behind what is not closed, and knows what is not whole', () => {
    const tree = parseMjml('<mj-body><mj-section><mj-column></mj-section></mj-body></mj-oops>')
    expect(allBlocks(tree).map(({ node }) => node.kind)).toEqual(['element', 'element', 'element', 'stray'])
    expect(elementAt(tree, '0.0.0')).toMatchObject({ close: null })
    expect(elementAt(tree, '0.0')?.close).not.toBeNull()
  })

  test('survives nesting that nobody writes', () => {
    const deep = '<mj-section>'.repeat(20_000)
    expect(written(parseMjml(deep))).toBe(deep)
  })
})

describe('values of attributes', () => {
  const values = [
    '',
    'a&b',
    'a&amp;b',
    '&nbsp;',
    '"',
    `'"`,
    '<b>',
    'x?a=1&copy=2',
    "{{ a | default: 'x' }}",
    '{{ a | default: "x" }} & "y"',
  ]
  test.each(values)('come back as they were written: %s', (value) => {
    const text = writeValue(value)
    expect(text).toBeDefined()
    expect(readValue((text ?? '').slice(1, -1))).toBe(value)
    expect(attribute(`<a x=${text}>`, 'x')).toBe(text?.slice(1, -1))
  })
  test('cannot have Liquid with both kinds of quotes', () => {
    expect(writeValue(`{{ a | default: "x" | append: 'y' }}`)).toBeUndefined()
  })
})

/** Any command that somebody could give in a visual editor. */
function randomCommand(random: Random, tree: MjmlTree): MjmlCommand {
  const blocks = allBlocks(tree)
  const { path } = random.pick(blocks)
  const place = () => {
    const parent = random.pick(['', ...blocks.map((block) => block.path)])
    return { parent, index: random.int(0, blocksAt(tree, parent).length) }
  }
  const mjml = random.pick([
    '<mj-text>new</mj-text>',
    '<mj-divider />',
    '<mj-section>\n  <mj-column></mj-column>\n</mj-section>',
  ])
  return random.pick<MjmlCommand>([
    {
      kind: 'set_attribute',
      path,
      name: random.pick(['color', 'new-one', 'css-class']),
      value: random.pick(['', 'a "b" & c', '{{ x }}', null]),
    },
    { kind: 'set_content', path, content: random.pick(['', 'words', '<p>a</p>', '{{ x | default: "<b>" }}']) },
    { kind: 'insert', place: place(), mjml },
    { kind: 'replace', path, mjml },
    { kind: 'move', path, place: place() },
    { kind: 'duplicate', path },
    { kind: 'remove', path },
    { kind: 'wrap', path, name: 'mj-wrapper' },
  ])
}

describe('commands', () => {
  test.each(SEEDS)('touch their own block and nothing else, and are undone to the same characters, seed %i', (seed) => {
    const random = randomFrom(seed)
    let source = randomMjml(random)
    for (let step = 0; step < 12; step++) {
      const tree = parseMjml(source)
      if (allBlocks(tree).length === 0 || source.length > 20_000) break
      const command = randomCommand(random, tree)
      const done = tryCommand(tree, command)
      if ('refused' in done) continue
      expect(done.source).toBe(applyEdits(source, done.edits))
      expect(applyEdits(done.source, invertEdits(source, done.edits))).toBe(source)
      const after = new Set(piecesOf(parseMjml(done.source)))
      expect(keptBlocks(tree, command).filter((piece) => !after.has(piece))).toEqual([])
      for (const edit of done.edits) expectWithin(tree, command, edit)
      source = done.source
    }
  })

  /** The pieces that are not in the block of a command and don't hold it, as they are written. */
  function keptBlocks(tree: MjmlTree, command: MjmlCommand): string[] {
    const touched = 'path' in command ? [command.path] : []
    const holders = [...touched, ...('place' in command ? [`${command.place.parent}.`] : [])]
    return (
      allBlocks(tree)
        .filter(({ path }) => !touched.some((one) => path === one || path.startsWith(`${one}.`)))
        .filter(({ path }) => !holders.some((one) => one.startsWith(`${path}.`) || one === path))
        // what is only words joins the words beside it
        .filter(({ node }) => node.kind !== 'text')
        .map(({ node }) => tree.source.slice(node.start, node.end))
    )
  }
  const piecesOf = (tree: MjmlTree): string[] =>
    allBlocks(tree).map(({ node }) => tree.source.slice(node.start, node.end))

  /** An edit lies in the command's own block (with the white space before it), or puts in and takes nothing out. */
  function expectWithin(tree: MjmlTree, command: MjmlCommand, edit: { start: number; end: number }): void {
    if (edit.start === edit.end) return
    const node = 'path' in command ? nodeAt(tree, command.path) : undefined
    const parent = 'place' in command ? nodeAt(tree, command.place.parent) : undefined
    const inOwn = node && edit.end <= node.end && tree.source.slice(edit.start, node.start).trim() === ''
    const opens =
      parent?.kind === 'element' && parent.selfClosing && edit.start > parent.start && edit.end === parent.end
    expect(Boolean(inOwn || opens || (node && edit.start >= node.start && edit.end <= node.end))).toBe(true)
  }

  const base =
    '<mj-body>\n  <mj-section>\n    <mj-column>\n      <mj-text>a</mj-text>\n    </mj-column>\n  </mj-section>\n</mj-body>'
  const run = (source: string, command: MjmlCommand) => {
    const done = tryCommand(parseMjml(source), command)
    return 'refused' in done ? done.refused : done.source
  }

  test('put blocks on lines of their own, and take their lines away with them', () => {
    const added = run(base, { kind: 'insert', place: { parent: '0.0.0', index: 1 }, mjml: '<mj-divider />' })
    expect(added).toContain('<mj-text>a</mj-text>\n      <mj-divider />\n    </mj-column>')
    expect(run(added, { kind: 'remove', path: '0.0.0.1' })).toBe(base)
    const first = run(base, { kind: 'insert', place: { parent: '0.0.0', index: 0 }, mjml: '<mj-divider />' })
    expect(first).toContain('<mj-column>\n      <mj-divider />\n      <mj-text>')
    const empty = run(base, { kind: 'remove', path: '0.0.0.0' })
    expect(empty).toContain('<mj-column>\n    </mj-column>')
    expect(run(empty, { kind: 'insert', place: { parent: '0.0.0', index: 0 }, mjml: '<mj-text>a</mj-text>' })).toBe(
      base,
    )
  })

  test('open elements that close themselves', () => {
    expect(run('<mj-column />', { kind: 'insert', place: { parent: '0', index: 0 }, mjml: '<mj-text/>' })).toBe(
      '<mj-column><mj-text/></mj-column>',
    )
    expect(run('<mj-text color="x"/>', { kind: 'set_content', path: '0', content: 'y' })).toBe(
      '<mj-text color="x">y</mj-text>',
    )
  })

  test('move, select what they moved, and refuse what leads nowhere', () => {
    const two = run(base, { kind: 'duplicate', path: '0.0' })
    const done = tryCommand(parseMjml(two), { kind: 'move', path: '0.0.0.0', place: { parent: '0.1.0', index: 1 } })
    expect(done).toMatchObject({ selected: '0.1.0.1' })
    expect(run(base, { kind: 'move', path: '0.0', place: { parent: '0.0.0', index: 0 } })).toBe('into_itself')
    expect(run(base, { kind: 'move', path: '0.0', place: { parent: '0', index: 1 } })).toBe('nothing')
    expect(run(base, { kind: 'set_content', path: '0.0.0.0', content: 'x</mj-text>' })).toBe('not_balanced')
    expect(run(base, { kind: 'insert', place: { parent: '0', index: 0 }, mjml: '<mj-section>' })).toBe('not_balanced')
    expect(run('<mj-body><mj-text>', { kind: 'set_content', path: '0.0', content: 'x' })).toBe('not_closed')
    expect(run(base, { kind: 'remove', path: '0.7' })).toBe('missing')
  })

  test('set attributes where they stand, with the quotes that they had', () => {
    const source = `<a  x = 'one'\n y="2" />`
    expect(run(source, { kind: 'set_attribute', path: '0', name: 'x', value: 'two' })).toBe(`<a  x = 'two'\n y="2" />`)
    expect(run(source, { kind: 'set_attribute', path: '0', name: 'x', value: null })).toBe(`<a\n y="2" />`)
    expect(run(source, { kind: 'set_attribute', path: '0', name: 'z', value: '"' })).toBe(
      `<a  x = 'one'\n y="2" z="&quot;" />`,
    )
    expect(run(source, { kind: 'set_attribute', path: '0', name: 'x y', value: '1' })).toBe('not_writable')
  })
})

test.each(SEEDS.slice(0, 100))('positions are found again on both sides of edits, seed %i', (seed) => {
  const random = randomFrom(seed)
  const source = randomMjml(random)
  const tree = parseMjml(source)
  const done = tryCommand(tree, randomCommand(random, tree))
  if ('refused' in done) return
  const kept = [...Array(source.length).keys()].filter(
    (at) => !done.edits.some(({ start, end }) => at >= start && at < end),
  )
  for (const at of kept) {
    expect(done.source[positionAfter(at, done.edits)]).toBe(source[at])
    expect(positionBefore(positionAfter(at, done.edits), done.edits)).toBe(at)
  }
})

test('the smallest edit between two texts', () => {
  expect(editBetween('abcd', 'abXd')).toEqual({ start: 2, end: 3, text: 'X' })
  expect(editBetween('aa', 'aaa')).toEqual({ start: 2, end: 2, text: 'a' })
  expect(editBetween('a', 'a')).toBeUndefined()
})

test('the place in a source leads to the smallest block around it', () => {
  const source = '<mj-body> <mj-text>abc</mj-text> </mj-body>'
  const tree = parseMjml(source)
  expect(pathAt(tree, source.indexOf('abc'))).toBe('0.0')
  expect(pathAt(tree, 9)).toBe('0')
  expect(pathAt(tree, 999)).toBe('')
  expect(placeOf('0.2')).toEqual({ parent: '0', index: 2 })
})
