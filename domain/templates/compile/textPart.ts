import { convert } from 'html-to-text'
import { literalLiquid } from '../../messages/mergeTags.ts'

/** What stands under a text that does not say itself how to stop it. */
const FOOT = '\n\n-- \n{{ footer.why }}\n{{ footer.unsubscribe }}: {{ links.unsubscribe }}\n'

/**
 * The plain text part of a compiled mail.
 *
 * @param html masked; the marks come through
 */
export function textOfHtml(html: string): string {
  const text = convert(html, {
    wordwrap: false,
    selectors: [
      { selector: 'a', options: { hideLinkHrefIfSameAsText: true, linkBrackets: ['(', ')'] } },
      { selector: 'img', format: 'alternative' },
      // what stands side by side in a table is one line
      { selector: 'tr', format: 'block', options: { leadingLineBreaks: 1, trailingLineBreaks: 1 } },
      { selector: 'td', format: 'cell' },
      { selector: 'th', format: 'cell' },
      { selector: 'div[style*="display:none"]', format: 'skip' },
      ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((selector) => ({ selector, options: { uppercase: false } })),
    ],
    formatters: {
      cell: (element, walk, builder) => {
        walk(element.children, builder)
        builder.addInline(' ')
      },
      // a picture is what its words say; one that only decorates is nothing
      alternative: (element, _walk, builder) => {
        const alt: unknown = element.attribs?.alt
        if (typeof alt === 'string' && alt !== '') builder.addInline(alt)
      },
    },
  })
  const kept = literalLiquid(text)
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
  return `${kept.replace(/\n{3,}/g, '\n\n').trim()}\n`
}

/**
 * A text part that somebody wrote: addresses that the HTML links to, too, are tracked as there, and it ends with how to
 * stop it where it does not say so.
 */
export function ownText(text: string, links: readonly string[]): string {
  const tracked = text.replace(/https?:\/\/[^\s<>"'{}()]+/g, (address) => {
    const index = links.indexOf(address)
    return index === -1 ? address : `{{ links.to[${index}] }}`
  })
  return /\{\{-?\s*links\.unsubscribe\b/.test(tracked) ? tracked : `${tracked.trimEnd()}${FOOT}`
}
