import { Composer, type Document, LineCounter, type ParsedNode } from 'yaml'
import type { Path } from '../rule.ts'
import { type Offsets, offsetOf, type Place, type TextMistake } from './place.ts'
import { scan } from './scan.ts'
import { toJson } from './toJson.ts'

/** What a text says, as JSON, with where each part of it stands. */
export type Read = {
  readonly json: unknown
  /** The place of what a path names; of the nearest thing around it where it names nothing. */
  placeOf(path: Path, part?: 'name' | 'value'): Place
}

/** More would tell nobody anything. */
const MAX_MISTAKES = 50

/** YAML 1.2 and nothing else: `no` is a text, `<<` a name. Names that stand twice are found by `toJson`, in linear time. */
const OPTIONS = {
  version: '1.2',
  schema: 'core',
  merge: false,
  uniqueKeys: false,
  stringKeys: true,
  logLevel: 'silent',
} as const

/**
 * Reads a text of YAML documents.
 *
 * @param text as somebody wrote it; may be hostile
 * @returns at least one document (of `null` when there is nothing), or what is wrong with the text
 */
export function readYaml(text: string): { documents: Read[] } | { mistakes: TextMistake[] } {
  const lines = new LineCounter()
  const placeAt = (offset: number): Place => {
    const { line, col } = lines.linePos(offset)
    return { line: Math.max(line, 1), column: Math.max(col, 1) }
  }
  const { tokens, refused } = scan(text, lines.addNewLine)
  if (refused !== undefined) return { mistakes: [{ path: '', ...placeAt(refused.offset), message: refused.message }] }
  const composed = new Composer(OPTIONS).compose(tokens, true, text.length)
  const documents: Read[] = []
  const mistakes: TextMistake[] = []
  for (const document of composed) {
    const { json, offsets, wrong } = readDocument(document)
    mistakes.push(...wrong.map(({ path, offset, message }) => ({ path, ...placeAt(offset), message })))
    documents.push({ json, placeOf: (path, part) => placeAt(offsetOf(offsets, path, part)) })
  }
  return mistakes.length === 0 ? { documents } : { mistakes: mistakes.slice(0, MAX_MISTAKES) }
}

type Wrong = { path: Path; offset: number; message: string }

function readDocument(document: Document.Parsed<ParsedNode>): { json: unknown; offsets: Offsets; wrong: Wrong[] } {
  const offsets = new Map<Path, { value: number; name?: number }>()
  const wrong: Wrong[] = document.errors.map(({ pos, message }) => ({
    path: '',
    offset: pos[0],
    message: `This cannot be read as YAML: ${message}.`,
  }))
  const json = wrong.length === 0 ? toJson(document.contents, '', { offsets, mistakes: wrong }) : null
  return { json, offsets, wrong }
}
