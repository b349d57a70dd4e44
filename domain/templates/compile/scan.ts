import { Parser } from 'htmlparser2'
import { addressMistake, styleMistake } from './addresses.ts'
import { ELEMENTS } from './elements.ts'
import { hasMark } from './mask.ts'

/** Something wrong at an offset of the masked source. */
export type Finding = { offset: number; message: string }

/** An opening tag: where it begins and ends in the masked source, its attributes with the offsets of their values. */
export type Tag = {
  name: string
  start: number
  /** After its `>`. */
  end: number
  attributes: Map<string, { value: string; start: number; end: number }>
  /** Where its end tag begins; where it ends itself when it has none. */
  close: number
  /** The text in it, for elements whose content is text. */
  parent: Tag | null
}

export type Scan = { findings: Finding[]; tags: Tag[] }

/** Deeper nesting than any mail has. */
export const MAX_DEPTH = 30
const MAX_FINDINGS = 50

/** Elements that run code, load documents, take input, or speak for the whole page. */
const REFUSED = new Set(
  'script noscript iframe frame frameset object embed applet portal base meta link form input textarea select button svg math audio video source track template slot dialog'.split(
    ' ',
  ),
)
/** What `mj-html-attribute` may add to an element. */
const HARMLESS_ATTRIBUTE = /^(data-[\w-]+|aria-[\w-]+|id|class|role|lang|dir|title|alt|align|valign|width|height)$/
/** Elements that MJML knows without drawing them. */
const HEAD_WORDS = new Set(['mjml', 'mj-all', 'mj-class', 'mj-selector', 'mj-html-attribute'])

/**
 * Walks a masked MJML source and finds what is not allowed, whatever MJML itself would say: what runs code or leads out of
 * the mail, text that MJML would drop without a word, and elements that are not closed.
 *
 * @param pieces the Liquid that the marks stand for
 * @param isHtml the source is HTML: rules about MJML's own elements do not matter
 */
export function scan(source: string, pieces: readonly string[], isHtml = false): Scan {
  const walk = new Walk(source, pieces, isHtml)
  walk.run()
  return walk
}

class Walk implements Scan {
  readonly findings: Finding[] = []
  readonly tags: Tag[] = []
  readonly #source: string
  readonly #pieces: readonly string[]
  readonly #isHtml: boolean
  readonly #closed = new Set<number>()
  readonly #comments: [number, number][] = []
  #open: Tag[] = []
  #attributes: Tag['attributes'] = new Map()
  /** How many open elements hold HTML or text and no MJML. */
  #inside = 0
  #tooDeep = false

  constructor(source: string, pieces: readonly string[], isHtml: boolean) {
    this.#source = source
    this.#pieces = pieces
    this.#isHtml = isHtml
  }

  run(): void {
    const parser: Parser = new Parser(
      {
        onattribute: (name, value) => this.#attribute(name, value, parser.startIndex, parser.endIndex),
        onopentag: (name) => this.#opened(name, parser.startIndex, parser.endIndex + 1),
        onclosetag: (name, implied) => this.#closes(name, implied, parser.startIndex),
        ontext: (text) => this.#text(text, parser.startIndex),
        oncomment: (text) => this.#comment(text, parser.startIndex),
        oncommentend: () => this.#comments.push([parser.startIndex, parser.endIndex]),
        onprocessinginstruction: (name) => this.#instruction(name, parser.startIndex),
      },
      { decodeEntities: true, recognizeSelfClosing: true, recognizeCDATA: true, lowerCaseAttributeNames: false },
    )
    parser.end(this.#source)
    this.#split()
    if (!this.#isHtml) this.#strays()
  }

  refuse(offset: number, message: string): void {
    if (this.findings.length < MAX_FINDINGS) this.findings.push({ offset, message })
  }

  #attribute(name: string, value: string, from: number, to: number): void {
    const written = this.#source.slice(from, to)
    const equals = written.indexOf('=')
    const quote = /=\s*(["'])/.exec(written)
    const begin = equals === -1 ? to : from + (quote === null ? equals + 1 : quote.index + quote[0].length)
    this.#attributes.set(name, { value, start: begin, end: quote === null ? to : to - 1 })
    const lower = name.toLowerCase()
    if (hasMark(name))
      this.refuse(from, 'Liquid may stand in the value of an attribute, between quotes, not in its place')
    else if (/^on/.test(lower)) this.refuse(from, `Mails run no code: “${name}” is not allowed`)
    else if (hasMark(value) && quote === null) this.refuse(from, `The value of “${name}” needs quotes around it`)
    else if (lower === 'srcdoc') this.refuse(from, '“srcdoc” is not allowed')
    const wrong = addressMistake(name, value, this.#pieces)
    if (wrong !== undefined) this.refuse(begin, wrong)
    if (lower === 'style' || lower === 'background' || lower === 'background-color') {
      const style = styleMistake(value)
      if (style !== undefined) this.refuse(begin, style)
    }
  }

  #opened(name: string, start: number, end: number): void {
    const tag: Tag = { name, start, end, attributes: this.#attributes, close: end, parent: this.#open.at(-1) ?? null }
    this.#attributes = new Map()
    this.tags.push(tag)
    if (hasMark(name)) this.refuse(start, 'Liquid can’t make the name of an element')
    else if (REFUSED.has(name.replace(/^\w+:/, ''))) this.refuse(start, `<${name}> is not allowed in a mail`)
    else if (name === 'mj-include') this.refuse(start, 'mj-include is off: a template stands on its own')
    this.#attributesOf(tag)
    this.#open.push(tag)
    if (this.#isText(name)) this.#inside += 1
    if (this.#open.length > MAX_DEPTH && !this.#tooDeep && !this.#isHtml) {
      this.#tooDeep = true
      this.refuse(start, `Elements may be nested ${MAX_DEPTH} deep`)
    }
  }

  #attributesOf({ name, attributes }: Tag): void {
    if (name === 'mj-html-attribute') {
      const added = attributes.get('name')
      if (added !== undefined && !HARMLESS_ATTRIBUTE.test(added.value)) {
        this.refuse(added.start, `“${added.value.slice(0, 40)}” can’t be added to elements`)
      }
    }
    if (name === 'mj-survey-answer') {
      const own = attributes.get('position')
      if (own !== undefined) this.refuse(own.start, 'The place of an answer is made by itself')
    }
  }

  #closes(name: string, implied: boolean, at: number): void {
    const tag = this.#open.pop()
    if (tag === undefined) return
    if (this.#isText(name)) this.#inside -= 1
    tag.close = at
    const closesItself = implied && at === tag.start
    if (closesItself) tag.close = tag.end
    if (!implied) this.#closed.add(at)
    if (implied && !closesItself && isMjml(name) && !this.#isHtml) this.refuse(tag.start, `<${name}> is never closed`)
  }

  #text(text: string, at: number): void {
    const holder = this.#open.at(-1)
    if (holder?.name === 'mj-style' || holder?.name === 'style') {
      const wrong = styleMistake(text)
      if (wrong !== undefined) this.refuse(at, wrong)
    }
    if (this.#isHtml || this.#inside > 0 || text.trim() === '') return
    const first = at + (text.length - text.trimStart().length)
    const where = holder === undefined ? 'outside of <mjml>' : `in <${holder.name}>`
    const hint = hasMark(text) ? 'put Liquid between elements into <mj-raw>' : 'put it into <mj-text> or <mj-raw>'
    this.refuse(first, `Text ${where} is dropped: ${hint}`)
  }

  /** Comments for Outlook are read by it: they may hold no more than the rest. */
  #comment(text: string, at: number): void {
    if (!/^\s*\[if/i.test(text)) return
    const from = text.indexOf('>') + 1
    const to = text.lastIndexOf('<![')
    const inner = text.slice(from, to === -1 ? undefined : to)
    for (const finding of scan(inner, this.#pieces, true).findings) {
      this.refuse(at + '<!--'.length + from + finding.offset, finding.message)
    }
  }

  #instruction(name: string, at: number): void {
    // the doctype is MJML's to write; <?xml …?> and <!ENTITY …> mean nothing in a mail
    if (!this.#isHtml && /^[?!]/.test(name) && !/^!doctype/i.test(name)) this.refuse(at, `<${name}> means nothing here`)
  }

  /** A `<` that Liquid would make a tag of after all checks. */
  #split(): void {
    for (const match of this.#source.matchAll(/<[\s/!]*\uFDD0/g)) {
      this.refuse(match.index, 'Liquid can’t follow a “<”: write &lt; for the sign itself')
    }
  }

  /** End tags of MJML elements that nobody opened, which parsers pass over without a word. */
  #strays(): void {
    for (const match of this.#source.matchAll(/<\/(mj-[a-z-]+|mjml)/gi)) {
      const isComment = this.#comments.some(([from, to]) => match.index >= from && match.index <= to)
      if (!isComment && !this.#closed.has(match.index)) {
        this.refuse(match.index, `</${match[1]}> closes nothing that is open here`)
      }
    }
  }

  #isText(name: string): boolean {
    return ELEMENTS.get(name)?.isEnding === true || (!isMjml(name) && name !== 'mjml') || name === 'mj-html-attribute'
  }
}

const isMjml = (name: string): boolean => name.startsWith('mj-') || HEAD_WORDS.has(name)
