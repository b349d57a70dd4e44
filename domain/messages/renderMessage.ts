import { oneLine } from './cleanText.ts'
import { type CompiledPieces, compileLiquid, compilePieces, type LiquidValues } from './liquid.ts'
import { type MergeData, mergeValues } from './mergeTags.ts'
import { type Pieces, whole } from './pieces.ts'
import { subjectLiquid } from './subject.ts'
import { footerWords, type MailLanguage } from './words.ts'

/**
 * The addresses in one recipient's copy: where each link, the answers of surveys, the unsubscribe link and the open pixel
 * lead, and before which the paths of our own pictures stand.
 */
export type MailLinks = {
  to: readonly string[]
  answers?: readonly string[]
  unsubscribe: string
  pixel: string | null
  base?: string
}

export type RenderedMessage = { subject: string; html: string; text: string }
type RenderedPieces = { subject: string; html: Pieces; text: Pieces }

/** A message parsed once, rendered for each recipient. */
export type MessageTemplate<Rendered = RenderedMessage> = (
  data: MergeData,
  language: MailLanguage,
  links: MailLinks,
) => Rendered

/**
 * Parses a compiled message. The function that it returns renders it for one recipient: values are escaped, and the
 * subject is one line whatever they hold.
 */
export function messageTemplate(message: RenderedMessage): MessageTemplate {
  const render = piecesTemplate(message)
  return (...recipient) => wholeMessage(render(...recipient))
}

/** As {@link messageTemplate}; what all copies share stays apart from what is one recipient's. */
export function piecesTemplate(message: RenderedMessage): MessageTemplate<RenderedPieces> {
  const render = valuesPieces(message)
  return (data, language, links) =>
    render(mailValues(mergeValues(data), data.business.name, language, links), links.pixel)
}

const wholeMessage = ({ subject, html, text }: RenderedPieces): RenderedMessage => ({
  subject,
  html: whole(html),
  text: whole(text),
})

/** Adds what every mail has to the values of merge tags: the words at its foot and its links. */
export function mailValues(
  values: LiquidValues,
  business: string,
  language: MailLanguage,
  links: MailLinks,
): LiquidValues {
  const { to, answers = [], unsubscribe, base = '' } = links
  return {
    ...values,
    footer: footerWords(language, business),
    links: { to, answers, unsubscribe, preferences: unsubscribe, base },
  }
}

/** As {@link messageTemplate}, for values that are ready. */
export function valuesTemplate(
  message: RenderedMessage,
): (values: LiquidValues, pixel: string | null) => RenderedMessage {
  const render = valuesPieces(message)
  return (values, pixel) => wholeMessage(render(values, pixel))
}

function valuesPieces(message: RenderedMessage): (values: LiquidValues, pixel: string | null) => RenderedPieces {
  const subject = compileLiquid(subjectLiquid(message.subject), 'text')
  const text = compilePieces(message.text, 'text')
  const html = withPixel(message.html)
  return (values, pixel) => ({ subject: oneLine(subject(values)), html: html(values, pixel), text: text(values) })
}

/** The pixel is ready HTML, which Liquid would escape: it goes in where the layout left its place. */
function withPixel(source: string): (values: LiquidValues, pixel: string | null) => Pieces {
  const [before = '', after = ''] = source.split('{{ pixel }}')
  const parts: [CompiledPieces, CompiledPieces] = [compilePieces(before, 'html'), compilePieces(after, 'html')]
  return (values, pixel) => {
    const image = pixel === null ? '' : `<img src="${pixel}" width="1" height="1" alt="" style="display:block">`
    return [...parts[0](values), image, ...parts[1](values)]
  }
}

/** A subject as one customer gets it. */
export function renderSubject(subject: string, data: MergeData): string {
  // most subjects hold no merge tag: nothing to compile
  if (!subject.includes('{')) return subject
  return oneLine(compileLiquid(subjectLiquid(subject), 'text')(mergeValues(data)))
}
