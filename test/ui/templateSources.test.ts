import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { compileSource } from '../../domain/templates/compile/compileSource.ts'
import { childrenOf as childrenAllowed, ELEMENTS } from '../../domain/templates/compile/elements.ts'
import { galleryIn } from '../../domain/templates/gallery/readGallery.ts'
import { tryCommand } from '../../ui/templates/mjml/commands.ts'
import { applyEdits, invertEdits, positionBefore } from '../../ui/templates/mjml/edits.ts'
import { contentOf } from '../../ui/templates/mjml/elementEdits.ts'
import { childrenOf, isKnown, OPAQUE } from '../../ui/templates/mjml/elements.ts'
import { markBlocks, withoutMarks } from '../../ui/templates/mjml/mark.ts'
import { parseMjml } from '../../ui/templates/mjml/parse.ts'
import { allBlocks } from '../../ui/templates/mjml/walk.ts'
import { documentToHtml } from '../../ui/templates/text/documentToHtml.ts'
import { htmlToDocument } from '../../ui/templates/text/htmlToDocument.ts'
import { outlineRows } from '../../ui/templates/visual/outlineRows.ts'

const folder = new URL('fixtures/templates/', import.meta.url)
const fixtures = readdirSync(folder).map((name): [string, string] => [
  name,
  readFileSync(new URL(name, folder), 'utf8'),
])
const gallery = (['en', 'de', 'fr', 'it'] as const).flatMap((language) =>
  galleryIn(language).map(({ id, content }): [string, string] => [`gallery ${id} ${language}`, content.mjml]),
)

const compiled = async (mjml: string) => {
  const result = await compileSource({ mjml, subject: 'x', preheader: '', text: null, language: 'en' })
  if ('mistakes' in result) throw new Error(JSON.stringify(result.mistakes))
  return result.compiled.html
}

test('at least a dozen sources beside the gallery', () => {
  expect(fixtures.length).toBeGreaterThanOrEqual(12)
  expect(gallery.length).toBeGreaterThanOrEqual(4)
})

describe.each([...fixtures, ...gallery])('%s goes through the editor unharmed', (_name, source) => {
  const tree = parseMjml(source)

  test('the outline shows all of it, and no block is without its end', () => {
    const rows = outlineRows(tree)
    expect(rows.length).toBeGreaterThan(3)
    expect(allBlocks(tree).filter(({ node }) => node.kind === 'stray')).toEqual([])
  })

  test('its picture is that of the source: the classes by which blocks are found change nothing', async () => {
    const marked = markBlocks(tree)
    expect(applyEdits(marked.mjml, invertEdits(source, marked.edits))).toBe(source)
    expect(marked.paths.length).toBeGreaterThan(2)
    const plain = await compiled(source)
    const shown = await compiled(marked.mjml)
    expect(shown).toContain('block-mark-')
    // MJML writes empty classes here and there, and draws the names of a carousel's parts anew each time.
    const sameOf = (html: string) => html.replace(/ class=""/g, '').replace(/[0-9a-f]{16}/g, 'drawn')
    expect(sameOf(withoutMarks(shown))).toBe(sameOf(plain))
    const at = source.indexOf('mj-text')
    const there = marked.mjml.indexOf('mj-text')
    expect(positionBefore(there, marked.edits)).toBe(at)
  })

  test('every edit of a block and its undoing leave all other characters as they are', () => {
    for (const { path, node } of allBlocks(tree)) {
      if (node.kind !== 'element') continue
      const done = tryCommand(tree, { kind: 'set_attribute', path, name: 'data-test', value: 'a & "b"' })
      if ('refused' in done) throw new Error(done.refused)
      const [edit] = done.edits
      expect(done.edits).toHaveLength(1)
      expect(edit && edit.start >= node.open.start && edit.end <= node.open.end).toBe(true)
      expect(applyEdits(done.source, invertEdits(source, done.edits))).toBe(source)
    }
  })

  test('what the text editor takes comes back the same, and what it would harm it does not take', () => {
    for (const { node } of allBlocks(tree)) {
      if (node.kind !== 'element' || !node.opaque || node.name === 'mj-raw') continue
      const html = contentOf(tree, node)
      const document = htmlToDocument(html)
      if (document === undefined) continue
      const again = documentToHtml(document)
      expect(htmlToDocument(again)).toEqual(document)
    }
  })
})

test('the elements that the editor knows are those of the server, with what may stand in them', () => {
  for (const [name, element] of ELEMENTS) {
    if (!isKnown(name)) throw new Error(`${name} is not known`)
    expect([name, OPAQUE.has(name)]).toEqual([name, element.isEnding])
    const allowed = childrenAllowed(name).sort()
    if (name !== 'mj-attributes') expect([name, [...childrenOf(name)].sort()]).toEqual([name, allowed])
  }
})
