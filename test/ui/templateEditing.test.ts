import { CompletionContext } from '@codemirror/autocomplete'
import { EditorState } from '@codemirror/state'
import { describe, expect, test } from '@jest/globals'
import type { TemplateCatalogue } from '../../api/contract/templateTools.ts'
import { templateCatalogue } from '../../api/contract/templateTools.ts'
import { PALETTE } from '../../ui/templates/blocks/palette.ts'
import { isBalanced } from '../../ui/templates/mjml/balance.ts'
import {
  type Content,
  isChanged,
  reduceTemplate,
  type TemplateAction,
  templateDraftOf,
} from '../../ui/templates/mjml/draft.ts'
import { editBetween } from '../../ui/templates/mjml/edits.ts'
import { inheritedValue } from '../../ui/templates/mjml/inherited.ts'
import { parseMjml } from '../../ui/templates/mjml/parse.ts'
import { fitted, placeAfter, placeBeside, placesFor } from '../../ui/templates/mjml/places.ts'
import { elementAt } from '../../ui/templates/mjml/walk.ts'
import { flatData, nestedData } from '../../ui/templates/preview/dataValues.ts'
import { offsetOf, placeOf } from '../../ui/templates/preview/linePlace.ts'
import { sealMail } from '../../ui/templates/preview/sealMail.ts'
import { completeMjml } from '../../ui/templates/source/completions.ts'
import { inEditor, inSource, lineBreakOf, toEditor } from '../../ui/templates/source/lineBreaks.ts'
import { outlineRows, spotsAround, wrongBlocks } from '../../ui/templates/visual/outlineRows.ts'
import { placeOfSpot, spotId } from '../../ui/templates/visual/spots.ts'
import { randomFrom } from '../support/random.ts'
import { randomMjml } from './randomMjml.ts'

const source =
  '<mjml><mj-body><mj-section><mj-column><mj-text>a</mj-text><mj-divider/></mj-column></mj-section><mj-section><mj-column/></mj-section></mj-body></mjml>'
const tree = parseMjml(source)
const content: Content = { mjml: source, subject: 'S', preheader: '', text: null, test_data: {} }

describe('the draft of a template', () => {
  const command = (path: string, value: string, group = ''): TemplateAction => ({
    type: 'change',
    change: { kind: 'command', command: { kind: 'set_attribute', path, name: 'color', value } },
    label: `color ${value}`,
    group,
  })

  test('edits of one group are undone as one, others one by one, and all of them to the same characters', () => {
    let draft = templateDraftOf(content)
    for (const value of ['r', 're', 'red']) draft = reduceTemplate(draft, command('0.0.0.0.0', value, 'typing'))
    draft = reduceTemplate(draft, command('0.0.0.0.1', 'blue'))
    draft = reduceTemplate(draft, { type: 'change', change: { kind: 'around', values: { subject: 'T' } }, label: 's' })
    expect(draft.past.map(({ label }) => label)).toEqual(['color r', 'color blue', 's'])
    expect(draft.content.mjml).toContain('color="red"')
    const done = draft.content
    for (let step = 0; step < 3; step++) draft = reduceTemplate(draft, { type: 'undo' })
    expect(draft.content).toEqual(content)
    expect(isChanged(draft)).toBe(false)
    for (let step = 0; step < 3; step++) draft = reduceTemplate(draft, { type: 'redo' })
    expect(draft.content).toEqual(done)
  })

  test('a command counts for the source as it is by then, and one that no longer fits does nothing', () => {
    let draft = reduceTemplate(templateDraftOf(content), {
      type: 'change',
      change: { kind: 'command', command: { kind: 'remove', path: '0.0.0' } },
      label: 'removed',
    })
    const before = draft
    draft = reduceTemplate(draft, command('0.0.0.0.1', 'red'))
    expect(draft).toBe(before)
  })

  test.each(Array.from({ length: 60 }, (_, seed) => seed))('typing, blocks and undo together, seed %i', (seed) => {
    const random = randomFrom(seed)
    const begun = { ...content, mjml: randomMjml(random) }
    let draft = templateDraftOf(begun)
    const seen = [draft.content.mjml]
    for (let step = 0; step < 15; step++) {
      const { mjml } = draft.content
      const at = random.int(0, mjml.length)
      const edit = editBetween(
        mjml,
        mjml.slice(0, at) + random.pick(['x', '<mj-text/>', '\r\n', '']) + mjml.slice(at + random.int(0, 2)),
      )
      const group = random.pick(['', 'a', 'b'])
      draft = edit
        ? reduceTemplate(draft, { type: 'change', change: { kind: 'mjml', edits: [edit] }, label: 'typed', group })
        : reduceTemplate(draft, command('0', String(step)))
      if (random.chance(0.3)) draft = reduceTemplate(draft, { type: 'undo' })
      if (random.chance(0.2)) draft = reduceTemplate(draft, { type: 'redo' })
      seen.push(draft.content.mjml)
    }
    while (draft.past.length > 0) draft = reduceTemplate(draft, { type: 'undo' })
    expect(draft.content.mjml).toBe(begun.mjml)
  })

  test('what somebody else published is taken over while nothing is changed here, and never over an edit', () => {
    const other = { ...content, subject: 'Other' }
    expect(reduceTemplate(templateDraftOf(content), { type: 'saved', content: other }).content).toBe(other)
    const edited = reduceTemplate(templateDraftOf(content), command('0.0.0.0.0', 'red'))
    expect(reduceTemplate(edited, { type: 'saved', content: other }).content).toBe(edited.content)
  })
})

describe('places', () => {
  test('every block of the palette fits wherever it is offered, with what it needs around it', () => {
    for (const { element, mjml } of PALETTE) {
      const written = mjml((id) => `<${id}> & "x"`)
      expect(isBalanced(written)).toBe(true)
      expect(placesFor(tree, element).length).toBeGreaterThan(1)
      for (const { parent } of placesFor(tree, element)) {
        const put = fitted(elementAt(tree, parent)?.name ?? '', element, written)
        expect(put !== undefined && isBalanced(put)).toBe(true)
      }
    }
  })

  test('new blocks go into what is selected, or after it, or after what it stands in', () => {
    expect(placeAfter(tree, '0.0.0.0.0', 'mj-text')).toEqual({ parent: '0.0.0.0', index: 1 })
    expect(placeAfter(tree, '0.0.1', 'mj-text')).toEqual({ parent: '0.0.1.0', index: 0 })
    expect(placeAfter(tree, '0.0.0.0.0', 'mj-section')).toEqual({ parent: '0.0', index: 1 })
    expect(placeAfter(tree, '', 'mj-text')).toEqual({ parent: '0.0', index: 2 })
    expect(placeAfter(parseMjml('words'), '', 'mj-text')).toBeUndefined()
  })

  test('a moved block goes past its neighbour, and on into the next column', () => {
    expect(placeBeside(tree, '0.0.0.0.0', 'down')).toEqual({ parent: '0.0.0.0', index: 2 })
    expect(placeBeside(tree, '0.0.0.0.1', 'down')).toEqual({ parent: '0.0.1.0', index: 0 })
    expect(placeBeside(tree, '0.0.0.0.0', 'up')).toBeUndefined()
    expect(placeBeside(tree, '0.0.1', 'up')).toEqual({ parent: '0.0', index: 0 })
  })

  test('are named so that they can be read back, and stand between the rows where they would be', () => {
    const places = placesFor(tree, 'mj-text')
    for (const place of places) expect(placeOfSpot(spotId('outline', place))).toEqual(place)
    const spots = spotsAround(outlineRows(tree), places)
    expect([...spots.values()].flat()).toHaveLength(places.length)
    expect(spots.get(4)?.map(({ place }) => place)).toContainEqual({ parent: '0.0.0.0', index: 0 })
  })

  test('a mistake marks the row of the block that it is in', () => {
    const remark = {
      field: 'mjml' as const,
      message: '',
      stops: true,
      line: 1,
      column: source.indexOf('<mj-divider') + 2,
    }
    expect([...wrongBlocks(tree, [remark])]).toEqual(['0.0.0.0.1'])
  })
})

test('what holds for an attribute that is not written comes from its classes, its kind, all', () => {
  const styled = parseMjml(
    '<mjml><mj-head><mj-attributes><mj-all color="a"/><mj-text color="b" align="left"/><mj-class name="c" color="d"/></mj-attributes></mj-head><mj-body><mj-text mj-class="c"/><mj-text/><mj-button/></mj-body></mjml>',
  )
  const value = (path: string, name: string) => {
    const element = elementAt(styled, path)
    return element && inheritedValue(styled, element, name)
  }
  expect(value('0.1.0', 'color')).toBe('d')
  expect(value('0.1.1', 'color')).toBe('b')
  expect(value('0.1.2', 'color')).toBe('a')
  expect(value('0.1.2', 'align')).toBeUndefined()
})

describe('the source editor', () => {
  const catalogue: TemplateCatalogue = templateCatalogue.parse({
    elements: [
      { name: 'mj-column', children: ['mj-text', 'mj-button'], is_text: false, attributes: [] },
      {
        name: 'mj-text',
        children: [],
        is_text: true,
        attributes: [
          { name: 'align', type: 'enum', choices: ['left', 'right'] },
          { name: 'color', type: 'color' },
        ],
      },
    ],
    merge_tags: [{ name: 'customer.first_name', label: 'First name', group: 'customer', example: 'Anna' }],
    attributes: ['level'],
    filters: ['default'],
    tags: ['if'],
    limits: { source_bytes: 1, depth: 1, links: 1, clipped_at: 1 },
  })
  const offered = (before: string) => {
    const state = EditorState.create({ doc: before })
    return completeMjml(catalogue, new CompletionContext(state, before.length, false))?.options.map(
      ({ label }) => label,
    )
  }

  test('offers what can stand at the caret', () => {
    expect(offered('<mjml><mj-column><mj-b')).toEqual(['mj-text', 'mj-button'])
    expect(offered('<mjml><mj-column></')).toEqual(['mj-column>'])
    expect(offered('<mj-text ')).toEqual(['align', 'color'])
    expect(offered('<mj-text align="left" ')).toEqual(['color'])
    expect(offered('<mj-text align="')).toEqual(['left', 'right'])
    expect(offered('a {{ cus')).toEqual(['customer.first_name', 'customer.attributes.level'])
    expect(offered('a {{ customer.first_name | d')).toEqual(['default'])
    expect(offered('{% i')).toContain('if')
    expect(offered('plain words')).toBeUndefined()
  })

  test('knows where it is in sources with line breaks of two characters', () => {
    const windows = 'a\r\nb\r\n\r\nc\nd'
    const shown = toEditor(windows)
    expect(lineBreakOf(windows)).toBe('\r\n')
    for (const [at, sign] of [...shown].entries()) {
      if (sign !== '\n') expect(windows[inSource(windows, at)]).toBe(sign)
      expect(inEditor(windows, inSource(windows, at))).toBe(at)
    }
    expect(placeOf('ab\ncd', 4)).toEqual({ line: 2, column: 2 })
    expect(offsetOf('ab\ncd', 2, 2)).toBe(4)
    expect(offsetOf('ab', 9, 9)).toBe(2)
  })
})

describe('a mail in its frame', () => {
  const html =
    '<html><head><style>@media (prefers-color-scheme: dark) { p { color: white } }</style></head><body>x</body></html>'
  test('has a policy before anything else, without scripts, and pictures only when they are on', () => {
    const sealed = sealMail(html, { dark: false, images: true }, 'https://studio.test')
    expect(sealed.indexOf('Content-Security-Policy')).toBeLessThan(sealed.indexOf('<style>'))
    expect(sealed).toContain("default-src 'none'")
    expect(sealed).not.toContain('script-src')
    expect(sealMail('words', { dark: false, images: false }, '')).toContain("img-src 'none'")
  })
  test('shows its own dark colours when asked, others turned round', () => {
    expect(sealMail(html, { dark: true, images: true }, '')).toContain('(min-width: 0)')
    expect(sealMail(html, { dark: true, images: true }, '')).not.toContain('invert')
    expect(sealMail(html, { dark: false, images: true }, '')).toContain('(max-width: 0)')
    expect(sealMail('<p>x</p>', { dark: true, images: true }, '')).toContain('invert')
  })
})

test('test data are edited by the names of merge tags', () => {
  const data = { customer: { first_name: 'A', attributes: { level: 3 } }, odd: [1] }
  expect([...flatData(data)]).toEqual([
    ['customer.first_name', 'A'],
    ['customer.attributes.level', '3'],
    ['odd', '[1]'],
  ])
  expect(nestedData(data, 'customer.first_name', 'B')).toMatchObject({
    customer: { first_name: 'B', attributes: { level: 3 } },
  })
  expect(nestedData({ a: { b: 'c' } }, 'a.b', null)).toEqual({})
  expect(nestedData({}, 'a.b', 'c')).toEqual({ a: { b: 'c' } })
})
