/** What was changed in pasted content, for the line that says so. All are numbers of things. */
export type PasteReport = {
  /** Pictures left out. */
  images: number
  /** Tables turned into lines. */
  tables: number
  /** Lists rebuilt from paragraphs that only looked like one. */
  lists: number
  /** Scripts, forms, frames and the like, left out. */
  active: number
  /** Links taken off their text because they lead nowhere a mail may lead. */
  links: number
  /** Invisible characters taken out. */
  hidden: number
  /** Elements whose own look (fonts, colours, sizes) was left behind. */
  styles: number
}

/** A report that says nothing was changed. */
export const nothingChanged = (): PasteReport => ({
  images: 0,
  tables: 0,
  lists: 0,
  active: 0,
  links: 0,
  hidden: 0,
  styles: 0,
})

/** True when there is anything in it worth a line. */
export function saysSomething(report: PasteReport): boolean {
  return Object.values(report).some((count) => count > 0)
}
