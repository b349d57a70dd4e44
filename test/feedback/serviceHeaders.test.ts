import { expect, test } from '@jest/globals'
import { returnPath, returnToken } from '../../domain/deliveries/returnPath.ts'
import { serviceHeaders } from '../../domain/deliveries/serviceHeaders.ts'

const key = Buffer.alloc(32, 7)
const path = returnPath({ senderEmail: 'a@b.test', bounceDomain: 'bounces.test' }, { delivery: 5, key })
const token = returnToken(key, { kind: 'bounce', delivery: 5 })

test.each([
  ['smtps://u:p@email-smtp.eu-central-1.amazonaws.com:465', { 'X-SES-MESSAGE-TAGS': `perennial=${token}` }],
  ['smtp://u:p@smtp.eu.mailgun.org:587', { 'X-Mailgun-Variables': `{"perennial":"${token}"}` }],
  ['smtp://u:p@smtp.postmarkapp.com:587', { 'X-PM-Metadata-perennial': token }],
  ['smtp://apikey:p@smtp.sendgrid.net:587', { 'X-SMTPAPI': `{"unique_args":{"perennial":"${token}"}}` }],
  ['smtp://localhost:25', {}],
  ['smtp://sendgrid.net.evil.test', {}],
])('%s', (url, headers) => {
  expect(serviceHeaders(url, path)).toEqual(headers)
})

test('without a bounce domain there is nothing to give back', () => {
  expect(serviceHeaders('smtp://smtp.sendgrid.net', 'hello@studio.test')).toEqual({})
})
