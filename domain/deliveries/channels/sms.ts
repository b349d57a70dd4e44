import type { Channel, Sms } from './channel.ts'
import { type Gateway, smsGateway } from './smsGateway.ts'
import { type TwilioAccount, twilioChannel } from './twilio.ts'

/** Whom messages to telephones are handed to, with what is needed to know a call of theirs. */
export type SmsProvider = { kind: 'gateway'; gateway: Gateway } | { kind: 'twilio'; account: TwilioAccount }

/**
 * Reads the address of a provider:
 * - `https://name:SECRET@gateway.example/path?from=Studio`: a gateway of its own; `&private=1` for one inside the network
 * - `twilio://ACCOUNT_SID:AUTH_TOKEN@api.twilio.com?from=%2B15005550006`: Twilio; `&api=http://…` for one that plays it
 *
 * @param publicUrl where the provider reaches us, without a trailing slash
 * @throws Error naming what is missing
 */
export function readSmsUrl(address: string, publicUrl: string): SmsProvider {
  const url = new URL(address)
  const from = url.searchParams.get('from') ?? ''
  if (from === '') throw new Error('SMS_URL needs a sender: ?from=')
  const user = decodeURIComponent(url.username)
  const secret = decodeURIComponent(url.password)
  if (secret === '') throw new Error('SMS_URL needs a secret: scheme://name:SECRET@host')
  if (url.protocol === 'twilio:') {
    const account = {
      sid: user,
      token: secret,
      from,
      api: url.searchParams.get('api'),
      callback: `${publicUrl}/hooks/sms/twilio`,
    }
    return { kind: 'twilio', account }
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    throw new Error(`SMS_URL begins with https:, http: or twilio:, not ${url.protocol}`)
  }
  const allowPrivate = url.searchParams.get('private') === '1'
  url.username = ''
  url.password = ''
  for (const name of ['from', 'private']) url.searchParams.delete(name)
  return { kind: 'gateway', gateway: { url, from, secret, allowPrivate, callback: `${publicUrl}/hooks/sms` } }
}

/** Messages to telephones, through whichever provider the address names. */
export function smsChannel(address: string, publicUrl: string): Channel<Sms> {
  const provider = readSmsUrl(address, publicUrl)
  return provider.kind === 'twilio' ? twilioChannel(provider.account) : smsGateway(provider.gateway)
}

/** Whether customers can answer a sender: a number takes answers, a name does not. */
export function takesAnswers(address: string): boolean {
  const from = new URL(address).searchParams.get('from') ?? ''
  return /^(\+?\d+|MG[0-9a-f]{32})$/.test(from)
}
