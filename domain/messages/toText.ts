import { convert } from 'html-to-text'
import type { Document } from './document.ts'
import { escapeHtml } from './escapeHtml.ts'
import { literalLiquid, mergeTagLiquid } from './mergeTags.ts'
import { documentHtml } from './toHtml.ts'

/**
 * The plain text part of a message, with merge tags and tracked links as Liquid. Everything typed that looks like
 * Liquid is written so that Liquid gives it back as it is.
 *
 * @param link what stands for a link's address: Liquid, or the address itself
 */
export function documentText(document: Document, link: (href: string) => string): string {
  const liquid: string[] = []
  // what Liquid will fill in is a mark while braces in the text are made harmless
  const place = (source: string) => `\uFDD0${liquid.push(source) - 1}\uFDD1`
  const html = documentHtml(document, {
    mergeTag: (name, fallback) => place(mergeTagLiquid(name, fallback)),
    link: (href) => {
      const address = link(href)
      return address === href ? escapeHtml(href) : place(address)
    },
  })
  const text = convert(html, {
    wordwrap: false,
    // the zero-width space, which the library counts in, is somebody's text
    whitespaceCharacters: ' \t\r\n\f',
    selectors: [
      { selector: 'a', options: { hideLinkHrefIfSameAsText: true, linkBrackets: ['(', ')'] } },
      ...['h1', 'h2', 'h3'].map((selector) => ({ selector, options: { uppercase: false } })),
    ],
  })
  const whole = `${literalLiquid(text)}\n\n-- \n{{ footer.why }}\n{{ footer.unsubscribe }}: {{ links.unsubscribe }}\n`
  return whole.replace(/\uFDD0(\d+)\uFDD1/g, (_, index: string) => liquid[Number(index)] ?? '')
}
