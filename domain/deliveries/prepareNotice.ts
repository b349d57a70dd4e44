import type { Database } from '../database.ts'
import { oneLine } from '../messages/cleanText.ts'
import { compileLiquid } from '../messages/liquid.ts'
import { mergeValues } from '../messages/mergeTags.ts'
import { stopButton } from '../messages/stopWords.ts'
import { subjectLiquid } from '../messages/subject.ts'
import { browsersOf, dropBrowsers } from '../push/browsers.ts'
import { writeToken } from '../tracking/token.ts'
import type { Browser, Channel, Notice, Outcome } from './channels/channel.ts'
import { messageId } from './messageId.ts'
import { each, type Making, type Preparer } from './prepared.ts'
import { mergeReader } from './readMergeData.ts'
import { readMessage } from './readMessage.ts'

/** Parses a campaign's notification once. It goes to every browser of a customer; those that are gone are forgotten. */
export async function noticeMaker(
  db: Database,
  campaign: number,
  push: Channel<Notice>,
  { settings, publicUrl, key }: Making,
): Promise<Preparer> {
  const message = await readMessage(db, campaign)
  const title = compileLiquid(subjectLiquid(message.subject), 'text')
  const text = compileLiquid(message.text, 'text')
  const [url] = message.urls
  const read = await mergeReader(db, { settings, providerId: message.provider_id }, [message.subject, message.text])
  return async (batch, now) => {
    const recipients = await read(batch, now)
    const browsers = await browsersOf(
      db,
      batch.map((delivery) => delivery.customer_id),
    )
    return each(batch, (delivery) => {
      const { id } = delivery
      const recipient = recipients.get(id)
      if (recipient === undefined) throw new Error('the customer is gone')
      const { data, language } = recipient
      const values = mergeValues(data)
      const page = `${publicUrl}/u/${writeToken(key, { kind: 'unsubscribe', delivery: id })}`
      const notice: Omit<Notice, 'to'> = {
        messageId: messageId(key, id, settings.senderEmail),
        title: oneLine(title(values)),
        text: text(values).trim(),
        url:
          url === undefined
            ? null
            : `${publicUrl}/t/c/${writeToken(key, { kind: 'click', delivery: id, link: 0 }, url)}`,
        unsubscribe: { label: stopButton(language), url: page },
      }
      return {
        messageId: notice.messageId,
        send: () => toAll(db, push, browsers.get(delivery.customer_id) ?? [], notice),
      }
    })
  }
}

const NO_BROWSER: Outcome = { state: 'bounced', reason: 'There is no browser left that takes notifications' }

/** One message to several browsers: it has arrived when one of them took it. */
async function toAll(
  db: Database,
  push: Channel<Notice>,
  browsers: readonly Browser[],
  notice: Omit<Notice, 'to'>,
): Promise<Outcome> {
  const outcomes: Outcome[] = []
  const gone: number[] = []
  for (const to of browsers) {
    const outcome = await push.send({ ...notice, to })
    outcomes.push(outcome)
    if (outcome.state === 'bounced' && outcome.gone === true) gone.push(to.id)
  }
  await dropBrowsers(db, gone)
  const [first] = outcomes
  // browsers that are gone are forgotten already: the customer may agree in the next one
  const refused: Outcome =
    first?.state === 'bounced' ? { state: 'bounced', reason: first.reason } : (first ?? NO_BROWSER)
  return outcomes.find(({ state }) => state === 'sent') ?? outcomes.find(({ state }) => state === 'deferred') ?? refused
}
