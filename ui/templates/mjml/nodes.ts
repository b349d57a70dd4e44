/** A stretch of a source: from the first character to the one after the last, in UTF-16 units as strings count them. */
export type Range = { readonly start: number; readonly end: number }

/** An attribute with its place. Without a value (`full-width`) the range of the value is empty and there is no quote. */
export type Attribute = Range & {
  readonly name: string
  /** What stands between the quotes, without them. */
  readonly value: Range
  readonly quote: '"' | "'" | ''
  /** False for a name that stands alone. */
  readonly hasValue: boolean
}

/** An element with the places of all its parts. */
export type MjmlElement = Range & {
  readonly kind: 'element'
  /** As it is written: `MJ-TEXT` is not `mj-text`. */
  readonly name: string
  readonly attributes: readonly Attribute[]
  /** From `<` to `>`. */
  readonly open: Range
  /** The closing tag; null where it is missing or the element closes itself. */
  readonly close: Range | null
  /** `<mj-divider />`. */
  readonly selfClosing: boolean
  /** Between the tags. */
  readonly content: Range
  /** Its content is HTML or CSS that is not looked into: text, buttons, tables, raw. */
  readonly opaque: boolean
  readonly children: readonly MjmlNode[]
}

/** What is no element: `stray` is a closing tag that closes nothing. */
export type LeafKind = 'text' | 'comment' | 'cdata' | 'liquid' | 'declaration' | 'stray'
export type Leaf = Range & { readonly kind: LeafKind }

export type MjmlNode = MjmlElement | Leaf

/** A source taken apart: the nodes stand one after another without a gap, so written one after another they are the source. */
export type MjmlTree = { readonly source: string; readonly nodes: readonly MjmlNode[] }

/** The text of a stretch. */
export const textOf = (source: string, { start, end }: Range): string => source.slice(start, end)

/** Whether an element begins and ends as it should, so that something can be put into it. */
export const isWhole = (element: MjmlElement): boolean => element.selfClosing || element.close !== null
