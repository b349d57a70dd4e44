import type { Document } from './document.ts'
import { walk } from './document.ts'
import { escapeHtml } from './escapeHtml.ts'
import { layoutMjml } from './layout.ts'
import { mergeTagLiquid } from './mergeTags.ts'
import { documentHtml } from './toHtml.ts'
import { documentText } from './toText.ts'

/** A message made ready once for all its recipients: what is left in it is Liquid. */
export type CompiledMessage = {
  /** HTML for Liquid with escaped output. */
  html: string
  /** Plain text for Liquid without escaping. */
  text: string
  /** The pages that the message links to; `links.to[n]` in the HTML and text is the n-th. */
  links: string[]
}

/** Marks the place of a merge tag while MJML is at work; `cleanText` keeps these code points out of what people type. */
const place = (index: number) => `\uFDD0${index}\uFDD1`

/**
 * Compiles a message: document → MJML → HTML, and document → text. Runs once for a campaign, never for a recipient.
 *
 * @param business the name at the top and in the footer
 * @param language the language of the business, for screen readers
 */
export async function compileMessage(
  document: Document,
  { business, language }: { business: string; language: string },
): Promise<CompiledMessage> {
  // loaded when a message is first compiled: it is most of what the API would load when it starts
  const { default: mjml } = await import('mjml')
  const links = trackedLinks(document)
  const href = (address: string) => {
    const index = links.indexOf(address)
    return index === -1 ? address : `{{ links.to[${index}] }}`
  }
  const tags: string[] = []
  const content = documentHtml(document, {
    mergeTag: (name, fallback) => place(tags.push(mergeTagLiquid(name, fallback)) - 1),
    link: (address) => (links.includes(address) ? href(address) : escapeHtml(address)),
  })
  const { html } = await mjml(layoutMjml({ business, language, content }), {
    validationLevel: 'strict',
    ignoreIncludes: true,
    fonts: {},
    keepComments: false,
  })
  return {
    html: html.replace(/\uFDD0(\d+)\uFDD1/g, (_, index: string) => tags[Number(index)] ?? ''),
    text: documentText(document, href),
    links,
  }
}

/** The web pages a message links to, each once, in reading order. Mail addresses and telephone numbers go untracked. */
function trackedLinks(document: Document): string[] {
  const links = new Set<string>()
  walk(document, (node) => {
    for (const mark of 'marks' in node ? node.marks : []) {
      if (mark.type === 'link' && /^https?:/.test(mark.attrs.href)) links.add(mark.attrs.href)
    }
  })
  return [...links]
}
