import type { DraftContent } from '../../../api/contract/campaignDrafts.ts'
import type { Channel } from '../../shared/channels.ts'
import { type DocumentNode, EMPTY_DOCUMENT, isEmptyDocument, type MessageDocument } from '../document/document.ts'
import { keepAllowed } from '../document/keepAllowed.ts'
import { NO_REWARD, parseRewardDraft, type RewardDraft } from '../reward/rewardDraft.ts'
import { newOptions, type SendOptions } from '../send/sendOptions.ts'
import type { ChosenTemplate } from '../template/chosenTemplate.ts'

/** A mail that is being written. */
export type Mail = {
  subject: string
  document: MessageDocument
  /** The template that is sent in place of the document. */
  template: ChosenTemplate | null
}

/** All that somebody has written: for each channel, so that switching loses nothing, and how it is to go out. */
export type Written = Mail & {
  channel: Channel
  sms: { text: string }
  push: { title: string; text: string; url: string }
  options: SendOptions
  reward: RewardDraft
}

export const emptyMail = (): Mail => ({ subject: '', document: EMPTY_DOCUMENT, template: null })

/** A message that nobody has written in yet. */
export const emptyWritten = (channel: Channel = 'email'): Written => ({
  ...emptyMail(),
  channel,
  sms: { text: '' },
  push: { title: '', text: '', url: '' },
  options: newOptions(),
  reward: NO_REWARD,
})

/** True when no word of it is written yet, on any channel. */
export function isEmpty({ subject, document, template, sms, push }: Written): boolean {
  const mail = subject === '' && template === null && isEmptyDocument(document)
  return mail && sms.text === '' && push.title === '' && push.text === '' && push.url === ''
}

export const isSame = (one: Written, other: Written): boolean =>
  one === other || JSON.stringify(toContent(one)) === JSON.stringify(toContent(other))

/** What is written as the API keeps it. */
export const toContent = (written: Written): DraftContent => {
  const { channel, subject, document, template, sms, push, options, reward } = written
  const { at, spreadMinutes, holdout, seed, compared } = options
  return {
    channel,
    ...mailContent({ subject, document, template }),
    sms: { text: sms.text },
    push: { title: push.title, text: push.text, url: push.url },
    options: {
      ...{ at, spreadMinutes, holdout, seed },
      compared:
        compared === null
          ? null
          : {
              what: compared.what,
              ...mailContent(compared),
              share: compared.share,
              decide: compared.decide,
              afterMinutes: compared.afterMinutes,
            },
    },
    reward: { ...reward },
  }
}

function mailContent({ subject, document, template }: Mail) {
  return {
    subject,
    document: { ...keepAllowed(document) },
    template: template === null ? null : { id: template.id, name: template.name, subject: template.subject },
  }
}

/** What was kept, as the page works on it; what this version does not know is left out. */
export function fromContent(content: DraftContent): Written {
  const { compared, ...options } = content.options
  return {
    ...content,
    document: keepAllowed(content.document as DocumentNode),
    options: {
      ...options,
      compared: compared && { ...compared, document: keepAllowed(compared.document as DocumentNode) },
    },
    reward: parseRewardDraft(JSON.stringify(content.reward)),
  }
}
