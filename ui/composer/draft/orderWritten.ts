import type { z } from 'zod'
import type { getOrder } from '../../../api/contract/orders.ts'
import type { DocumentNode } from '../document/document.ts'
import { keepAllowed } from '../document/keepAllowed.ts'
import { localAt, newOptions } from '../send/sendOptions.ts'
import { emptyMail, emptyWritten, type Mail, type Written } from './written.ts'

export type Order = z.output<(typeof getOrder)['answer']>
type OrderedMail = NonNullable<Order['ab_test']>['content']

/**
 * What was ordered, to be written on.
 *
 * @param templates the names of its templates, by id
 * @param again whether it is to be the same order: with its time, and with the same customers held out
 */
export function orderWritten(
  order: Order,
  templates: ReadonlyMap<string, string>,
  { again, timeZone }: { again: boolean; timeZone: string },
): Written {
  const { channel, content, ab_test, send_at, spread_minutes, holdout, seed } = order
  const empty = emptyWritten(channel)
  const mail = isMail(content) ? toMail(content, templates) : emptyMail()
  return {
    ...empty,
    ...mail,
    ...(channel === 'sms' && 'text' in content ? { sms: { text: content.text } } : {}),
    ...(channel === 'push' && 'title' in content
      ? { push: { title: content.title, text: content.text, url: content.url ?? '' } }
      : {}),
    options: {
      at: again && send_at !== null ? localAt(new Date(send_at), timeZone) : null,
      spreadMinutes: spread_minutes,
      holdout,
      seed: again ? seed : newOptions().seed,
      compared:
        ab_test === null
          ? null
          : {
              ...secondMail(mail, toMail(ab_test.content, templates)),
              share: ab_test.share,
              decide: ab_test.decide,
              afterMinutes: ab_test.after_minutes ?? 240,
            },
    },
  }
}

const isMail = (content: Order['content']): content is OrderedMail => 'subject' in content

function toMail(content: OrderedMail, templates: ReadonlyMap<string, string>): Mail {
  const { subject } = content
  if ('document' in content) return { ...emptyMail(), subject, document: keepAllowed(content.document as DocumentNode) }
  const id = content.template
  return { ...emptyMail(), subject, template: { id, name: templates.get(id) ?? id, subject } }
}

/** The second message, and what is another in it than in the first. */
function secondMail(first: Mail, second: Mail): Mail & { what: 'subject' | 'template' | 'text' } {
  if (second.template !== null && second.template.id !== first.template?.id) return { ...second, what: 'template' }
  const same = JSON.stringify(first.document) === JSON.stringify(second.document) || second.template !== null
  return same ? { ...emptyMail(), subject: second.subject, what: 'subject' } : { ...second, what: 'text' }
}
