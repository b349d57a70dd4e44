import { expect, test } from '@jest/globals'
import { readEnvironment } from '../../scripts/start/environment.ts'

const SERVERS = { DATABASE_URL: 'mysql://me:secret@db/perennial', TEMPORAL_ADDRESS: 'temporal:7233' }

test('nothing needs to be set: everything is private, with the demo', () => {
  expect(readEnvironment({}, [])).toMatchObject({
    ...{ role: 'all', port: 8080, publicUrl: 'http://localhost:8080', demo: true, temporalNamespace: 'default' },
    ...{ databaseUrl: undefined, temporalAddress: undefined, smtpUrl: undefined, admin: undefined },
  })
})

test('a database that is given is not filled with the demo unless it is asked for', () => {
  expect(readEnvironment(SERVERS, []).demo).toBe(false)
  expect(readEnvironment({ ...SERVERS, PERENNIAL_DEMO: '1' }, []).demo).toBe(true)
  expect(readEnvironment({ PERENNIAL_DEMO: '0' }, []).demo).toBe(false)
})

test('an empty variable is one that is not set', () => {
  expect(readEnvironment({ PORT: '', DATABASE_URL: '', SMTP_URL: ' ', LOG_LEVEL: '' }, [])).toMatchObject({
    ...{ port: 8080, demo: true, logLevel: 'info' },
  })
})

test('links to customers never get a double slash', () => {
  expect(readEnvironment({ PUBLIC_URL: 'https://mail.example.com/' }, []).publicUrl).toBe('https://mail.example.com')
})

test.each([
  [{}, ['mail'], 'There is no role "mail"'],
  [{}, ['api'], 'set DATABASE_URL and TEMPORAL_ADDRESS'],
  [{ PORT: '0' }, [], 'PORT is "0"'],
  [{ PORT: '8080.5' }, [], 'PORT is "8080.5"'],
  [{ PUBLIC_URL: 'javascript:alert(1)' }, [], 'PUBLIC_URL is "javascript:alert(1)"'],
  [{ BOUNCE_PORT: '25a' }, [], 'BOUNCE_PORT is "25a"'],
  [{ BOUNCE_TLS_CERT: '/etc/cert.pem' }, [], 'belong together'],
  [{ BOUNCE_TLS_CERT: '/nowhere', BOUNCE_TLS_KEY: '/nowhere' }, [], 'ENOENT: no such file'],
  [{ BOUNCE_TLS_CERT: 'package.json', BOUNCE_TLS_KEY: 'package.json' }, [], 'cannot be used'],
  [{ SMTP_URL: 'http://mail' }, [], 'SMTP_URL is "http://mail"'],
  [{ PERENNIAL_DEMO: 'true' }, [], 'PERENNIAL_DEMO is "true"'],
  [{ LOG_LEVEL: 'loud' }, [], 'LOG_LEVEL is "loud"'],
  [{ PERENNIAL_ADMIN_PASSWORD: 'x' }, [], 'belong together'],
])('%p with %p is refused: %s', (env, args, sentence) => {
  expect(() => readEnvironment(env, args)).toThrow(sentence)
})
