import { z } from 'zod'
import type { Mistake } from '../errors.ts'
import { checkLink } from './checkLink.ts'
import { cleanText } from './cleanText.ts'
import type { BlockNode, Document, InlineNode, ListItem, Mark } from './document.ts'
import { LIMITS } from './document.ts'
import { isMergeTagName, MERGE_TAG_NAMES } from './mergeTags.ts'

/** The allowed nodes with their attributes; attributes that are not named here are dropped. */
const BLOCKS = {
  paragraph: z.object({}),
  heading: z.object({
    level: z.union([z.literal(1), z.literal(2), z.literal(3)], 'Allowed are the levels 1, 2 and 3'),
  }),
  bulletList: z.object({}),
  orderedList: z.object({
    start: z
      .int()
      .min(0)
      .max(1_000_000)
      .nullish()
      .transform((start) => start ?? 1),
  }),
  blockquote: z.object({}),
  horizontalRule: z.object({}),
} as const
const INLINE = ['text', 'hardBreak', 'mergeTag'] as const
const PLAIN_MARKS = ['bold', 'italic', 'underline', 'strike', 'code'] as const

const mergeTagAttrs = z.object({
  name: z.string().refine(isMergeTagName, `Allowed are ${MERGE_TAG_NAMES.join(', ')}`),
  fallback: z
    .string()
    .max(200)
    .nullish()
    .transform((text) => cleanText(text ?? '').replace(/\s+/g, ' ')),
})

type Raw = Record<string, unknown>

/**
 * Walks a message by the allow-list. Reports every mistake with its JSON Pointer and goes on, up to 20.
 *
 * @param value what the caller sent
 * @param path the JSON Pointer of `value` in the request
 */
export function checkDocument(value: unknown, path: string): { document: Document; mistakes: Mistake[] } {
  const walk = new Walk()
  const root = asRecord(value)
  if (root?.type !== 'doc') walk.refuse(path, 'A message is a tree with {"type": "doc", "content": [...]} at its top')
  const content = root === null ? [] : walk.blocks(root, path, 1)
  return { document: { type: 'doc', content }, mistakes: walk.mistakes }
}

class Walk {
  readonly mistakes: Mistake[] = []
  private nodes = 0
  private characters = 0
  private readonly links = new Set<string>()

  refuse(path: string, message: string): null {
    if (this.mistakes.length < 20) this.mistakes.push({ path, message })
    return null
  }

  blocks(parent: Raw, path: string, depth: number): BlockNode[] {
    return this.children(parent, path, depth, (child, at) => this.block(child, at, depth + 1))
  }

  private block(node: Raw, path: string, depth: number): BlockNode | null {
    const type = node.type
    switch (type) {
      case 'paragraph':
        return { type, content: this.inlines(node, path, depth) }
      case 'heading': {
        const attrs = this.attributes(BLOCKS.heading, node, path)
        return attrs && { type, attrs, content: this.inlines(node, path, depth) }
      }
      case 'bulletList':
        return { type, content: this.items(node, path, depth) }
      case 'orderedList': {
        const attrs = this.attributes(BLOCKS.orderedList, node, path)
        return attrs && { type, attrs, content: this.items(node, path, depth) }
      }
      case 'blockquote':
        return { type, content: this.blocks(node, path, depth) }
      case 'horizontalRule':
        return { type }
      default:
        return this.unknown('block', type, Object.keys(BLOCKS), path)
    }
  }

  private items(list: Raw, path: string, depth: number): ListItem[] {
    return this.children(list, path, depth, (child, at) => {
      if (child.type !== 'listItem') return this.unknown('list entry', child.type, ['listItem'], at)
      return { type: 'listItem', content: this.blocks(child, at, depth + 1) }
    })
  }

  private inlines(parent: Raw, path: string, depth: number): InlineNode[] {
    return this.children(parent, path, depth, (child, at) => this.inline(child, at))
  }

  private inline(node: Raw, path: string): InlineNode | null {
    const marks = this.marks(node, path)
    switch (node.type) {
      case 'text':
        return this.text(node.text, marks, path)
      case 'hardBreak':
        return { type: 'hardBreak', marks }
      case 'mergeTag': {
        const attrs = this.attributes(mergeTagAttrs, node, path)
        return attrs && { type: 'mergeTag', attrs, marks }
      }
      default:
        return this.unknown('inline node', node.type, INLINE, path)
    }
  }

  private text(text: unknown, marks: Mark[], path: string): InlineNode | null {
    if (typeof text !== 'string') return this.refuse(`${path}/text`, 'Expected text')
    this.characters += text.length
    if (this.characters > LIMITS.characters)
      return this.refuse(path, `A message may have ${LIMITS.characters} characters`)
    return { type: 'text', text: cleanText(text), marks }
  }

  private marks(node: Raw, path: string): Mark[] {
    const marks = node.marks ?? []
    if (!Array.isArray(marks) || marks.length > 10) {
      this.refuse(`${path}/marks`, 'Expected a list of at most 10 marks')
      return []
    }
    return marks.map((mark, index) => this.mark(mark, `${path}/marks/${index}`)).filter((mark) => mark !== null)
  }

  private mark(value: unknown, path: string): Mark | null {
    const mark = asRecord(value)
    const type = mark?.type
    const plain = PLAIN_MARKS.find((name) => name === type)
    if (plain !== undefined) return { type: plain }
    if (type !== 'link') return this.unknown('mark', type, [...PLAIN_MARKS, 'link'], path)
    const href = asRecord(mark?.attrs)?.href
    const checked = typeof href === 'string' ? checkLink(href) : { mistake: 'A link needs an address' }
    if ('mistake' in checked) return this.refuse(`${path}/attrs/href`, checked.mistake)
    this.links.add(checked.href)
    if (this.links.size > LIMITS.links) return this.refuse(path, `A message may have ${LIMITS.links} links`)
    return { type: 'link', attrs: checked }
  }

  private children<T>(parent: Raw, path: string, depth: number, check: (child: Raw, path: string) => T | null): T[] {
    const content = parent.content ?? []
    if (!Array.isArray(content)) {
      this.refuse(`${path}/content`, 'Expected a list of nodes')
      return []
    }
    if (depth > LIMITS.depth && content.length > 0) {
      this.refuse(`${path}/content`, `Nodes may be nested ${LIMITS.depth} deep`)
      return []
    }
    const children: T[] = []
    for (const [index, value] of content.entries()) {
      const at = `${path}/content/${index}`
      this.nodes += 1
      if (this.nodes > LIMITS.nodes) {
        this.refuse(at, `A message may have ${LIMITS.nodes} nodes`)
        break
      }
      const raw = asRecord(value)
      const child = raw === null ? this.refuse(at, 'Expected a node: {"type": …}') : check(raw, at)
      if (child !== null) children.push(child)
    }
    return children
  }

  private attributes<T extends z.ZodType>(schema: T, node: Raw, path: string): z.output<T> | null {
    const checked = schema.safeParse(node.attrs ?? {})
    if (checked.success) return checked.data
    for (const issue of checked.error.issues) this.refuse([`${path}/attrs`, ...issue.path].join('/'), issue.message)
    return null
  }

  private unknown(what: string, type: unknown, allowed: readonly string[], path: string): null {
    const name = typeof type === 'string' ? `“${type.slice(0, 40)}”` : 'one without a type'
    return this.refuse(`${path}/type`, `Unknown ${what}: ${name}. Allowed here are ${allowed.join(', ')}`)
  }
}

function asRecord(value: unknown): Raw | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Raw) : null
}
