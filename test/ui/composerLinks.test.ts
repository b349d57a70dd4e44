import { expect, test } from '@jest/globals'
import { checkLink as checkOnServer } from '../../domain/messages/checkLink.ts'
import { checkLink } from '../../ui/composer/links/checkLink.ts'
import { unwrapRedirect } from '../../ui/composer/links/unwrapRedirect.ts'

test.each([
  ['https://studio.test/plan?a=1#b', 'https://studio.test/plan?a=1#b', null],
  ['studio.test', 'https://studio.test', null],
  ['www.studio.example/kurse', 'https://www.studio.example/kurse', null],
  ['//studio.test/x', 'https://studio.test/x', null],
  ['HTTPS:/studio.test', 'https://studio.test', null],
  ['studio.test:8443/plan', 'https://studio.test:8443/plan', null],
  ['münchen.example/straße', 'https://münchen.example/straße', null],
  ['anna@studio.test', 'mailto:anna@studio.test', null],
  ['mailto:anna@studio.test?subject=Hi', 'mailto:anna@studio.test?subject=Hi', null],
  ['+49 (0)30 / 123 45-67', 'tel:+49301234567', null],
  ['tel:+49 30 1234567', 'tel:+49301234567', null],
  ['http://localhost:3000/x', 'http://localhost:3000/x', 'local'],
  ['http://192.168.1.4', 'http://192.168.1.4', 'local'],
  ['http://8.8.8.8/', 'http://8.8.8.8/', 'ip'],
  ['https://studio.test.', 'https://studio.test.', 'end'],
  ['https://studio.test/a_(b)', 'https://studio.test/a_(b)', null],
  ['\u200b https://studio.test ', 'https://studio.test', null],
])('%j is a link to %j with the warning %j', (input, href, warning) => {
  expect(checkLink(input)).toMatchObject({ ok: true, href, warning })
  // What the page takes, the server must take.
  expect(checkOnServer(href)).toHaveProperty('href')
})

test.each([
  ['', 'empty'],
  ['  ', 'empty'],
  ['my page', 'spaces'],
  ['https://studio.test/my page', 'spaces'],
  ['javascript:alert(1)', 'scheme'],
  ['data:text/html,x', 'scheme'],
  ['file:///etc/passwd', 'scheme'],
  ['ftp://studio.test', 'scheme'],
  ['https://', 'no_host'],
  ['https:///plan', 'no_host'],
  ['/plan', 'no_host'],
  ['#top', 'no_host'],
  ['studio', 'no_dot'],
  ['https://https://studio.test', 'twice'],
  ['https://paypal.test@evil.test', 'sign_in'],
  ['https://studio..test', 'broken'],
  ['https://studio,test', 'broken'],
  ['mailto:anna', 'email'],
  ['mailto:%E0%A4%A', 'email'],
  ['tel:call me', 'phone'],
  [`https://studio.test/${'a'.repeat(2048)}`, 'long'],
])('%j is refused: %s', (input, problem) => {
  expect(checkLink(input)).toEqual({ ok: false, problem })
})

test('the target of a pasted link is not guessed at', () => {
  expect(checkLink('studio.test/plan', { asWritten: true })).toEqual({ ok: false, problem: 'no_host' })
})

test.each([
  ['https://www.google.com/url?q=https://studio.test/&sa=D', 'https://studio.test/'],
  ['https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fstudio.test%2Fa&data=x', 'https://studio.test/a'],
  ['https://www.google.com/url?q=javascript:alert(1)', 'https://www.google.com/url?q=javascript:alert(1)'],
  ['https://studio.test/url?q=https://other.test', 'https://studio.test/url?q=https://other.test'],
])('%s leads to %s', (href, target) => {
  expect(unwrapRedirect(href)).toBe(target)
})
