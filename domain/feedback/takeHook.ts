import type { Database } from '../database.ts'
import { Problem } from '../errors.ts'
import { mailgun } from './services/mailgun.ts'
import { postmark } from './services/postmark.ts'
import { sendgrid } from './services/sendgrid.ts'
import type { HookCall, HookSecrets, ServiceName } from './services/service.ts'
import { ses } from './services/ses.ts'
import { type Taken, takeNotices } from './takeNotices.ts'

/**
 * Takes a call of a mail service's webhook.
 *
 * @throws Problem `not_found` for a service that has no secret, `forbidden` for a signature that is not right, `invalid`
 */
export async function takeHook(
  db: Database,
  { service, call, secrets }: { service: string; call: HookCall; secrets: HookSecrets },
  now: Date,
): Promise<Taken> {
  const notices = await read(service as ServiceName, call, secrets, now)
  if (notices === null) throw new Problem('not_found', 'There is nothing at this address.')
  return takeNotices(db, notices, now)
}

async function read(service: ServiceName, call: HookCall, secrets: HookSecrets, now: Date) {
  switch (service) {
    case 'ses':
      return secrets.ses === undefined ? null : ses(call, secrets.ses, now)
    case 'mailgun':
      return secrets.mailgun === undefined ? null : mailgun(call, secrets.mailgun, now)
    case 'postmark':
      return secrets.postmark === undefined ? null : postmark(call, secrets.postmark, now)
    case 'sendgrid':
      return secrets.sendgrid === undefined ? null : sendgrid(call, secrets.sendgrid, now)
    default:
      return null
  }
}
