import { isDeepStrictEqual } from 'node:util'
import type { Database } from '../../database.ts'
import { maskLiquid, unmask } from '../compile/mask.ts'
import { positionsIn } from '../compile/position.ts'
import { scan } from '../compile/scan.ts'
import type { TemplateContent, TemplateLanguage } from '../content.ts'
import { readTemplate } from '../readTemplates.ts'
import { sayChange } from './diffWords.ts'
import { readDraft } from './drafts.ts'
import { readVersion } from './listVersions.ts'
import { type Step, sequenceDiff } from './sequenceDiff.ts'

export type TemplateChange = {
  what: 'subject' | 'preheader' | 'text' | 'test_data' | 'element'
  kind: 'added' | 'removed' | 'changed' | 'moved'
  /** In plain words. */
  sentence: string
  element?: string
  before?: string
  after?: string
  lineBefore?: number
  lineAfter?: number
}

export type LineChange = { kind: 'same' | 'added' | 'removed'; text: string; line: number }

type Side = number | 'draft'

/**
 * What changed between two versions, or from one to the draft.
 *
 * @param from a content that is kept nowhere; left out: the newest version; a template without any is compared with nothing
 * @throws Problem 'not_found' also when there is no such version, or no draft
 */
export async function diffTemplate(
  db: Database,
  key: string,
  { from, to }: { from?: Side | TemplateContent | undefined; to: Side },
  language: TemplateLanguage,
): Promise<{ changes: TemplateChange[]; lines: LineChange[] }> {
  const { version } = await readTemplate(db, key)
  const before = from === undefined && version === 0 ? NOTHING : await contentOn(db, key, from ?? version)
  const after = await contentOn(db, key, to)
  return { changes: changesBetween(before, after, language), lines: linesBetween(before.mjml, after.mjml) }
}

const NOTHING: TemplateContent = { mjml: '', subject: '', preheader: '', text: null, testData: {} }

async function contentOn(db: Database, key: string, side: Side | TemplateContent): Promise<TemplateContent> {
  if (typeof side === 'object') return side
  return (side === 'draft' ? await readDraft(db, key) : await readVersion(db, key, side)).content
}

/** What changed, in the order in which a reader meets it. */
export function changesBetween(
  before: TemplateContent,
  after: TemplateContent,
  language: TemplateLanguage,
): TemplateChange[] {
  const fields = (['subject', 'preheader', 'text'] as const).flatMap((what): TemplateChange[] => {
    const [was, is] = [before[what] ?? undefined, after[what] ?? undefined]
    if (was === is) return []
    const change = {
      kind: 'changed' as const,
      ...(was === undefined ? {} : { before: was }),
      ...(is === undefined ? {} : { after: is }),
    }
    return [{ what, ...change, sentence: sayChange({ ...change, part: what }, language) }]
  })
  const data: TemplateChange[] = isDeepStrictEqual(before.testData, after.testData)
    ? []
    : [{ what: 'test_data', kind: 'changed', sentence: sayChange({ kind: 'changed', part: 'test_data' }, language) }]
  return [...fields, ...elementChanges(before.mjml, after.mjml, language), ...data]
}

function linesBetween(before: string, after: string): LineChange[] {
  const split = (text: string) => (text === '' ? [] : text.split(/\r?\n/))
  return sequenceDiff(split(before), split(after), (line) => line).map(({ kind, item, before: at, after: other }) => ({
    kind,
    text: item,
    line: (kind === 'removed' ? at : other) + 1,
  }))
}

/** One element: its tag with attributes, and its content where that is no further MJML. */
type Unit = { name: string; attributes: Map<string, string>; text: string; written: string; line: number }

function unitsOf(mjml: string): Unit[] {
  const masked = maskLiquid(mjml)
  const { text, pieces } = 'mistake' in masked ? { text: mjml, pieces: [] } : masked
  const toSource = 'mistake' in masked ? (offset: number) => offset : masked.toSource
  const positionOf = positionsIn(mjml)
  const { tags } = scan(text, pieces)
  const elements = tags.filter(({ name }) => name.startsWith('mj'))
  const parents = new Set(elements.map(({ parent }) => parent))
  return elements.map((tag) => {
    const content = parents.has(tag) ? '' : unmask(text.slice(tag.end, tag.close), pieces)
    return {
      name: tag.name,
      attributes: new Map([...tag.attributes].map(([name, { value }]) => [name, unmask(value, pieces)])),
      text: content.trim(),
      written: unmask(text.slice(tag.start, tag.end), pieces) + content,
      line: positionOf(toSource(tag.start)).line,
    }
  })
}

function elementChanges(before: string, after: string, language: TemplateLanguage): TemplateChange[] {
  const steps = sequenceDiff(unitsOf(before), unitsOf(after), ({ written }) => written)
  const changes: TemplateChange[] = []
  const come = steps.filter(({ kind }) => kind === 'added')
  const taken = new Set<Step<Unit>>()
  const moved = new Map<Step<Unit>, Step<Unit>>()
  for (const step of steps.filter(({ kind }) => kind === 'removed')) {
    const other = come.find((one) => !taken.has(one) && one.item.written === step.item.written && worthNaming(one.item))
    if (other === undefined) continue
    taken.add(other)
    moved.set(step, other)
  }
  for (const [index, step] of steps.entries()) {
    if (step.kind === 'same') continue
    const goal = moved.get(step)
    if (goal !== undefined) changes.push(move(step.item, goal.item, language))
    else if (step.kind === 'removed') {
      const became = counterpart(steps, index, taken)
      if (became === undefined) changes.push(gone(step.item, language))
      else {
        taken.add(became)
        changes.push(...changedTo(step.item, became.item, language))
      }
    } else if (!taken.has(step)) changes.push(arrived(step.item, language))
  }
  return changes
}

/** The element that took the place of one that went: of the same kind, in the same run of changes. */
function counterpart(
  steps: readonly Step<Unit>[],
  from: number,
  taken: ReadonlySet<Step<Unit>>,
): Step<Unit> | undefined {
  for (let index = from + 1; index < steps.length && steps[index]?.kind !== 'same'; index++) {
    const step = steps[index]
    if (step?.kind === 'added' && !taken.has(step) && step.item.name === steps[from]?.item.name) return step
  }
  return undefined
}

/** Two columns that are written alike have not been swapped. */
const worthNaming = ({ text, attributes }: Unit) => text !== '' || attributes.has('src')

/** What somebody would call it by: its words, or what its picture shows. */
const wordsOf = ({ text, attributes }: Unit) =>
  text
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim() ||
  (attributes.get('alt') ?? attributes.get('src') ?? attributes.get('question') ?? '')

function arrived(unit: Unit, language: TemplateLanguage): TemplateChange {
  const change = { kind: 'added' as const, after: wordsOf(unit) }
  const sentence = sayChange({ ...change, part: unit.name }, language)
  return { what: 'element', ...change, element: unit.name, lineAfter: unit.line, sentence }
}

function gone(unit: Unit, language: TemplateLanguage): TemplateChange {
  const change = { kind: 'removed' as const, before: wordsOf(unit) }
  const sentence = sayChange({ ...change, part: unit.name }, language)
  return { what: 'element', ...change, element: unit.name, lineBefore: unit.line, sentence }
}

function move(unit: Unit, goal: Unit, language: TemplateLanguage): TemplateChange {
  const sentence = sayChange({ kind: 'moved', part: unit.name, after: wordsOf(unit) }, language)
  return { what: 'element', kind: 'moved', element: unit.name, lineBefore: unit.line, lineAfter: goal.line, sentence }
}

/** The words, and each attribute by its name. */
function changedTo(was: Unit, is: Unit, language: TemplateLanguage): TemplateChange[] {
  const place = {
    what: 'element' as const,
    kind: 'changed' as const,
    element: is.name,
    lineBefore: was.line,
    lineAfter: is.line,
  }
  const changes: TemplateChange[] = []
  if (was.text !== is.text) {
    const said = { kind: 'changed' as const, part: is.name, before: wordsOf(was), after: wordsOf(is) }
    // only its markup is another
    const sentence = sayChange(
      said.before === said.after ? { kind: 'changed', part: is.name, about: said.after } : said,
      language,
    )
    changes.push({ ...place, before: was.text, after: is.text, sentence })
  }
  const about = wordsOf(is) === '' ? {} : { about: wordsOf(is) }
  for (const name of new Set([...was.attributes.keys(), ...is.attributes.keys()])) {
    const [before = '', after = ''] = [was.attributes.get(name), is.attributes.get(name)]
    if (before === after) continue
    const sentence = sayChange(
      { kind: 'changed', part: is.name, ...about, before: `${name} ${before}`.trim(), after },
      language,
    )
    changes.push({ ...place, before: `${name}="${before}"`, after: `${name}="${after}"`, sentence })
  }
  return changes
}
