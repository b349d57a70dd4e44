import mjml from 'mjml'
import { nearest } from '../../../rules/nearest.ts'
import type { Mistake } from '../../errors.ts'
import { cleanText } from '../../messages/cleanText.ts'
import { escapeHtml } from '../../messages/escapeHtml.ts'
import { parseLiquid } from '../../messages/liquid.ts'
import { checkSubject } from '../../messages/subject.ts'
import type { TemplateContent, TemplateLanguage } from '../content.ts'
import { checkLiquid } from './checkLiquid.ts'
import type { CompiledTemplate, Warning } from './compiled.ts'
import { childrenOf, ELEMENTS, OURS } from './elements.ts'
import { finish, hasUnsubscribe } from './finish.ts'
import { liquidMistake, type Masked, mark, maskLiquid, unmask } from './mask.ts'
import { positionsIn } from './position.ts'
import { type Finding, type Scan, scan, type Tag } from './scan.ts'
import { surveysOf } from './surveys.ts'
import { ownText, textOfHtml } from './textPart.ts'

/** What is compiled: a content, and the language that it is written in. */
export type Source = Pick<TemplateContent, 'mjml' | 'subject' | 'preheader' | 'text'> & { language: TemplateLanguage }

/** Mistakes have the paths of the fields: `/mjml`, `/subject`, … */
export type CompileResult = { compiled: CompiledTemplate } | { mistakes: Mistake[] }

/** The most mistakes that are named at once. */
const MAX_MISTAKES = 30

/**
 * Compiles a template: MJML with Liquid in it → HTML and text with Liquid in them. Everything is checked on the way; all
 * that is found wrong is named at once, with line and column. Pure and without limits of its own on time: callers run it
 * where it may be stopped.
 */
export async function compileSource(source: Source): Promise<CompileResult> {
  const checked = checkFields(source)
  const masked = maskLiquid(withoutRemarks(source.mjml))
  if ('mistake' in masked) return { mistakes: [...checked.mistakes, { path: '/mjml', ...masked.mistake }] }
  const seen = scan(masked.text, masked.pieces)
  const surveys = surveysOf(masked.text, seen)
  const positionOf = positionsIn(source.mjml)
  const placed = ({ offset, message }: Finding): Mistake => ({
    path: '/mjml',
    message: unmask(message, masked.pieces),
    ...positionOf(masked.toSource(offset)),
  })
  const mistakes = [...checked.mistakes, ...[...seen.findings, ...surveys.findings].map(placed)]
  const ready = completed(source, masked, seen, surveys.places)
  const rendered = await runMjml(ready, masked, seen)
  if (Array.isArray(rendered)) mistakes.push(...rendered.map(placed))
  if (mistakes.length > 0 || Array.isArray(rendered)) return { mistakes: tidy(mistakes) }
  const pictures = pictureWarnings(seen).map((finding) => ({ ...placed(finding), code: 'no_alt' as const }))
  return completeMail(source, rendered, masked.pieces, surveys.answers, [...checked.warnings, ...pictures])
}

/** What can be said of the fields each by itself. */
function checkFields({ mjml, subject, preheader, text }: Source): { mistakes: Mistake[]; warnings: Warning[] } {
  const mistakes: Mistake[] = checkSubject(subject, '/subject').mistakes
  const warnings: Warning[] = []
  for (const [path, field] of [
    ['/mjml', mjml],
    ['/preheader', preheader],
    ['/text', text ?? ''],
  ] as const) {
    const found = checkLiquid(withoutRemarks(field), path)
    mistakes.push(...found.mistakes.map((mistake) => ({ path, ...mistake })))
    warnings.push(...found.warnings)
    const odd = [...field.replace(/[\r\n]/g, ' ')].findIndex((character) => cleanText(character) !== character)
    if (odd !== -1) mistakes.push({ path, message: 'Control characters can’t be sent', ...positionsIn(field)(odd) })
  }
  if (subjectLiquidElse(subject)) {
    mistakes.push({
      path: '/subject',
      message: 'In a subject, only merge tags are possible: {{ customer.first_name | default: "you" }}',
    })
  }
  return { mistakes, warnings }
}

/** Whether something in a subject looks like Liquid, but would be sent as it stands. */
function subjectLiquidElse(subject: string): boolean {
  const tag = /\{\{-?\s*[a-z_]+\.[a-z_.]+\s*(?:\|\s*default:\s*(?:"[^"{}]*"|'[^'{}]*')\s*)?-?\}\}/g
  return /\{\{|\{%/.test(subject.replace(tag, ''))
}

/**
 * Remarks are never sent: what they hold does not count, be it MJML or Liquid. What Outlook reads is none, and what stands in
 * Liquid isn't either. Lines and columns stay.
 */
const withoutRemarks = (text: string) =>
  text.replace(/\{\{[\s\S]*?\}\}|\{%[\s\S]*?%\}|<!--(?!\s*\[if|\s*<!\[endif)(?!>)[\s\S]*?-->/gi, (found) =>
    found.startsWith('<!--') ? found.replace(/[^\r\n]/g, ' ') : found,
  )

type Ready = { text: string; pieces: string[] }

/** The masked source with what belongs into each mail: preheader, title, places of answers, addresses of our pictures. */
function completed(source: Source, masked: Masked, seen: Scan, places: { offset: number; position: number }[]): Ready {
  const { pieces } = masked
  const piece = (liquid: string) => mark(pieces.push(liquid) - 1)
  const edits: { at: number; text: string }[] = places.map(({ offset, position }) => ({
    at: offset,
    text: ` position="${position}"`,
  }))
  for (const { attributes } of seen.tags) {
    for (const { value, start } of attributes.values()) {
      if (value.startsWith('/i/')) edits.push({ at: start, text: piece('{{ links.base }}') })
    }
  }
  const head = headOf(source, seen, piece)
  if (head !== null) edits.push(head)
  let text = ''
  let at = 0
  for (const edit of edits.sort((a, b) => a.at - b.at)) {
    text += masked.text.slice(at, edit.at) + edit.text
    at = edit.at
  }
  return { text: text + masked.text.slice(at), pieces }
}

function headOf(
  { preheader }: Source,
  { tags }: Scan,
  piece: (liquid: string) => string,
): { at: number; text: string } | null {
  const preview = preheader.trim() === '' ? '' : `<mj-preview>${maskedText(preheader, piece)}</mj-preview>`
  const title = tags.some(({ name }) => name === 'mj-title')
    ? ''
    : `<mj-title>${piece('{{ business.name }}')}</mj-title>`
  const root = tags.find(({ name }) => name === 'mjml')
  if (root === undefined || preview + title === '') return null
  const head = tags.find(({ name, parent }) => name === 'mj-head' && parent === root)
  // one that ends itself has no place within
  if (head !== undefined && head.close > head.end) return { at: head.close, text: preview + title }
  return { at: root.end, text: `<mj-head>${preview}${title}</mj-head>` }
}

/** Text for HTML, its Liquid as marks. */
function maskedText(text: string, piece: (liquid: string) => string): string {
  const masked = maskLiquid(text.replace(/\s+/g, ' '))
  if ('mistake' in masked) return ''
  return escapeHtml(masked.text).replace(/\uFDD0(\d+)\uFDD1/g, (_, index: string) =>
    piece(masked.pieces[Number(index)] ?? ''),
  )
}

/** `presets` is there, but not in its types. */
const MJML_OPTIONS = {
  validationLevel: 'strict',
  ignoreIncludes: true,
  fonts: {},
  keepComments: false,
  presets: [OURS],
} as const

type MjmlError = { line?: number; message: string; tagName: string }

/** MJML's own answer: HTML, or what it finds wrong, in words that help. */
async function runMjml(ready: Ready, masked: Masked, seen: Scan): Promise<string | Finding[]> {
  try {
    const { html } = await mjml(ready.text, MJML_OPTIONS)
    return html
  } catch (error) {
    const lineOf = positionsIn(masked.text)
    const errors = (error as { errors?: MjmlError[] }).errors
    if (errors === undefined) {
      return [{ offset: 0, message: `MJML: ${error instanceof Error ? error.message : String(error)}`.slice(0, 500) }]
    }
    return errors.map(({ line, message, tagName }) => {
      const tag = seen.tags.find(({ name, start }) => name === tagName && lineOf(start).line === line)
      return { offset: placeOf(tag, message), message: inWords(message, tagName) }
    })
  }
}

function placeOf(tag: Tag | undefined, message: string): number {
  if (tag === undefined) return 0
  const attribute = /^Attributes? ([\w-]+)/.exec(message)?.[1]
  return (attribute === undefined ? undefined : tag.attributes.get(attribute)?.start) ?? tag.start
}

function inWords(message: string, tagName: string): string {
  const unknown = /^Element (\S+) doesn't exist/.exec(message)?.[1]
  if (unknown !== undefined) {
    const meant = nearest(unknown, [...ELEMENTS.keys()])
    return `There is no element <${unknown}>${meant === undefined ? '' : `: did you mean <${meant}>?`}`
  }
  const illegal = /^Attributes? (.+) (?:is|are) illegal$/.exec(message)?.[1]
  if (illegal !== undefined) {
    const [first = ''] = illegal.split(', ')
    const meant = nearest(first, Object.keys(ELEMENTS.get(tagName)?.attributes ?? {}))
    return `<${tagName}> has no attribute “${illegal}”${meant === undefined ? '' : `: did you mean “${meant}”?`}`
  }
  const misplaced = /^(\S+) cannot be used inside (\S+), only inside: (.*)$/.exec(message)
  if (misplaced !== null) {
    const [, child, parent = '', only] = misplaced
    const allowed = childrenOf(parent)
    const places = allowed.length === 0 ? 'holds no elements' : `may hold ${allowed.join(', ')}`
    return `<${child}> can’t stand in <${parent}>, only in ${only}; <${parent}> ${places}`
  }
  return `<${tagName}>: ${message}`
}

function pictureWarnings({ tags }: Scan): Finding[] {
  return tags
    .filter(({ name, attributes }) => (name === 'mj-image' || name === 'img') && !attributes.has('alt'))
    .map(({ start }) => ({
      offset: start,
      message: 'A picture without “alt”: say in words what it shows, or alt="" if nothing',
    }))
}

/** The last steps: links, foot, pixel, text part. */
function completeMail(
  source: Source,
  rendered: string,
  pieces: string[],
  answers: CompiledTemplate['answers'],
  warnings: Warning[],
): CompileResult {
  const footed = hasUnsubscribe(rendered, pieces) ? rendered : withFoot(rendered, pieces)
  const finished = finish(footed.replaceAll(' lang="und"', ` lang="${source.language}"`), pieces)
  if (finished.mistake !== undefined) return { mistakes: [{ path: '/mjml', message: finished.mistake }] }
  const html = unmask(finished.html, pieces)
  const text =
    source.text === null
      ? unmask(textOfHtml(finished.html.replace(pixelMark(pieces), '')), pieces.map(withoutRaw))
      : ownText(source.text, finished.links)
  for (const [path, liquid] of [
    ['/mjml', html],
    ['/text', text],
  ] as const) {
    try {
      parseLiquid(liquid)
    } catch (error) {
      const { message } = liquidMistake(error)
      const hint =
        path === '/text' ? 'The text part can’t be made by itself: write it' : 'Liquid opens where it does not end'
      return { mistakes: [{ path, message: `${hint}. ${message}` }] }
    }
  }
  const more = finished.warnings.map((warning) => ({ path: '/mjml', ...warning }))
  return { compiled: { html, text, links: finished.links, answers, warnings: [...warnings, ...more] } }
}

/** In the text part every brace is text already. */
const withoutRaw = (piece: string) => (/^\{%-?\s*(end)?raw\s*-?%\}$/.test(piece) ? '' : piece)

const pixelMark = (pieces: readonly string[]) => mark(pieces.lastIndexOf('{{ pixel }}'))

/** Why one gets the mail and how to stop it, under everything else. */
function withFoot(html: string, pieces: string[]): string {
  const piece = (liquid: string) => mark(pieces.push(liquid) - 1)
  const foot = `<table align="center" border="0" cellpadding="0" cellspacing="0" role="presentation" width="100%" style="width:100%;max-width:600px;margin:0 auto"><tbody><tr><td dir="auto" style="padding:18px 24px 32px;font-family:Helvetica,Arial,sans-serif;font-size:13px;line-height:1.5;color:#5a645e;text-align:center">${piece('{{ footer.why }}')} <a href="${piece('{{ links.unsubscribe }}')}" style="color:#5a645e;text-decoration:underline">${piece('{{ footer.unsubscribe }}')}</a></td></tr></tbody></table>`
  const end = html.lastIndexOf('</body>')
  return end === -1 ? html + foot : html.slice(0, end) + foot + html.slice(end)
}

/** In the order of the source, each once. */
function tidy(mistakes: readonly Mistake[]): Mistake[] {
  const seen = new Map<string, Mistake>()
  for (const mistake of mistakes) seen.set(JSON.stringify(mistake), mistake)
  const order = (mistake: Mistake) => (mistake.line ?? 0) * 100_000 + (mistake.column ?? 0)
  return [...seen.values()].sort((a, b) => order(a) - order(b)).slice(0, MAX_MISTAKES)
}
