import { sendAccessMail } from '../domain/access/accessMail.ts'
import { emailChannel } from '../domain/deliveries/channels/email.ts'
import { mailSigner } from '../domain/settings/mailSigner.ts'
import type { Services } from './server/services.ts'

type Mail = Parameters<typeof sendAccessMail>[2]

/**
 * Mails somebody the link by which they set a password, at once and once.
 *
 * @param by who invites them
 * @returns whether a mail server has taken it
 */
export async function mailLink({ db, smtpUrl, publicUrl }: Services, mail: Mail, by?: string): Promise<boolean> {
  if (smtpUrl === '') return false
  const channel = emailChannel(smtpUrl, mailSigner(db))
  try {
    const { state } = await sendAccessMail(db, channel, mail, { publicUrl, by })
    return state === 'sent' || state === 'unconfirmed'
  } finally {
    channel.close()
  }
}
