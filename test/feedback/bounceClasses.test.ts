import { describe, expect, test } from '@jest/globals'
import { classOfBounce } from '../../domain/deliveries/bounce.ts'
import { BOUNCE_CLASSES, CODES, REPLIES, WORDS } from '../../domain/deliveries/bounceCodes.ts'

describe('whose fault a refusal is', () => {
  test.each([
    // addresses
    ['550 5.1.1 <c0@mail.test>: Recipient address rejected: User unknown in virtual mailbox table', 'bad_address'],
    ['550-5.1.1 The email account that you tried to reach does not exist. Please try double-checking', 'bad_address'],
    ['550 5.4.1 Recipient address rejected: Access denied', 'bad_address'],
    ['550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup', 'bad_address'],
    ['556 5.1.10 domain does not accept mail (nullMX)', 'bad_address'],
    ['550 5.2.1 The email account that you tried to reach is disabled', 'bad_address'],
    ['554 delivery error: dd This user doesn’t have a mail.test account', 'other'],
    ['550 Requested action not taken: mailbox unavailable', 'bad_address'],
    ['550 No such user here', 'bad_address'],
    ['5.4.4 Host or domain name not found. Name service error', 'bad_address'],
    ['551 user not local', 'bad_address'],
    // full
    ['452 4.2.2 The email account that you tried to reach is over quota', 'mailbox_full'],
    ['552 5.2.2 Mailbox full', 'mailbox_full'],
    ['550 5.1.1 mailbox is full', 'mailbox_full'],
    ['554 5.2.2 mailbox quota exceeded', 'mailbox_full'],
    ['552 1 Requested mail action aborted, mailbox not found', 'bad_address'],
    ['Ihre Nachricht konnte nicht zugestellt werden: Postfach ist voll.', 'mailbox_full'],
    // content and reputation
    ['554 5.7.1 Service unavailable; Client host [192.0.2.1] blocked using zen.spamhaus.org', 'content'],
    ['550 5.7.1 Our system has detected that this message is likely unsolicited mail', 'content'],
    ['554 5.6.0 Message contains invalid header', 'content'],
    ['550 5.7.606 Access denied, banned sending IP [192.0.2.1]', 'content'],
    ['554 Message rejected: spam content', 'content'],
    // ours
    ['550 5.7.26 This mail has been blocked because the sender is unauthenticated', 'configuration'],
    [
      '550 5.7.515 Access denied, sending domain studio.test does not meet the required authentication level',
      'configuration',
    ],
    ['550 5.7.1 Unauthenticated email from studio.test is not accepted due to domain’s DMARC policy', 'configuration'],
    ['550 5.1.1 rejected by SPF: 192.0.2.1 is not allowed', 'configuration'],
    ['550 5.7.25 The IP address sending this message does not have a PTR record', 'configuration'],
    ['550 5.1.8 Sender address rejected: Domain not found', 'configuration'],
    ['554 5.7.1 Relay access denied', 'configuration'],
    ['530 5.7.0 Must issue a STARTTLS command first', 'configuration'],
    ['552 5.3.4 Message size exceeds fixed maximum message size', 'configuration'],
    ['552 message size exceeds fixed limit', 'configuration'],
    ['501 5.5.4 Invalid argument', 'configuration'],
    // that does not say
    ['550 5.2.1 The user you are trying to contact is receiving mail at a rate that', 'other'],
    ['5.4.7 delivery time expired', 'other'],
    ['554 transaction failed', 'other'],
    ['550 5.9.9 durable surprise', 'bad_address'],
    ['', 'other'],
    ['hello', 'other'],
    // a number of a version or of a machine is no code
    ['554 refused by MailGuard 5.1.1.7', 'other'],
    ['554 [5.1.1.250] refused', 'other'],
  ])('%s', (words, expected) => {
    expect(classOfBounce(words)).toBe(expected)
  })

  test('a long answer is read in a moment, by its beginning', () => {
    expect(classOfBounce(`550 ${'5.'.repeat(500_000)}`)).toBe('bad_address')
  })

  test('the tables name classes only, in small letters', () => {
    for (const one of [...Object.values(CODES), ...Object.values(REPLIES)]) expect(BOUNCE_CLASSES).toContain(one)
    for (const { any } of WORDS) for (const words of any) expect(words).toBe(words.toLowerCase())
    for (const code of Object.keys(CODES)) expect(code).toMatch(/^\d{1,3}\.(\d{1,3}|\*)$/)
  })
})
