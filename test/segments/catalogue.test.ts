import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { z } from 'zod'
import type { catalogueFact } from '../../api/contract/catalogue.ts'
import { countValues } from '../../domain/segments/countValues.ts'
import { startApi, type TestApi } from '../support/api.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { until } from '../support/until.ts'

type CatalogueFact = z.output<typeof catalogueFact>

let database: TestDatabase
let api: TestApi

beforeAll(async () => {
  database = await createTestDatabase()
  api = await startApi(database.db)
  const customers = [
    { id: 'a', gender: 'female', language: 'it', customer_group: 'Gold', attributes: { size: 38, city: 'Wien' } },
    {
      id: 'b',
      gender: 'female',
      language: 'it',
      customer_group: 'Gold',
      attributes: { size: 40, since: '2026-01-31' },
    },
    { id: 'c', gender: 'male', language: 'de', customer_group: 'Silver', attributes: { vegan: true, city: 'Wien' } },
  ]
  const bookings = ['Yoga', 'Yoga', 'Pilates'].map((service, index) => ({
    id: `b${index}`,
    customer: 'a',
    service,
    state: 'attended',
    starts_at: '2026-05-01T10:00:00Z',
  }))
  const memberships = [{ id: 'm1', customer: 'a', type: 'Flex', valid_from: '2026-01-01' }]
  await api.call('post', '/ingest', { customers, bookings, memberships })
  await api.call('post', '/customers/tag', { customers: ['a', 'b'], add: ['vip'], remove: [] })
  await api.call('post', '/segments', { name: 'Women', rule: { fact: 'gender', is: 'one_of', value: ['female'] } })
}, 60_000)
afterAll(async () => {
  await api?.close()
  await database?.drop()
})

async function facts(language = 'en'): Promise<(name: string) => CatalogueFact | undefined> {
  const { body } = await api.call<{ facts: CatalogueFact[] }>('get', `/rules/catalogue?language=${language}`)
  return (name) => body.facts.find(({ fact }) => fact === name)
}

describe('the catalogue', () => {
  test('offers the values that exist, commonest first, with how many have them', async () => {
    const fact = await facts()
    expect(fact('customer_group')?.operators[0]?.choices).toEqual([
      { value: 'Gold', label: 'Gold', count: 2 },
      { value: 'Silver', label: 'Silver', count: 1 },
    ])
    expect(fact('language')?.operators[0]?.choices?.[0]).toEqual({ value: 'it', label: 'Italian', count: 2 })
    expect(fact('tag')?.operators[0]?.choices).toEqual([{ value: 'vip', label: 'vip', count: 2 }])
    const services = fact('booking_count')?.parameters.find(({ name }) => name === 'services')
    expect(services?.choices?.map(({ value, count }) => [value, count])).toEqual([
      ['Yoga', 2],
      ['Pilates', 1],
    ])
    const types = fact('membership')?.parameters.find(({ name }) => name === 'types')
    expect(types?.choices).toEqual([{ value: 'Flex', label: 'Flex', count: 1 }])
  })

  test('counts fixed choices and keeps those that nobody has', async () => {
    const gender = (await facts('de'))('gender')?.operators[0]?.choices
    expect(gender).toEqual([
      { value: 'female', label: 'Weiblich', count: 2 },
      { value: 'male', label: 'Männlich', count: 1 },
      { value: 'diverse', label: 'Divers' },
    ])
  })

  test('names attributes with their type, and the operators that go with it', async () => {
    const attribute = (await facts())('attribute')
    const name = attribute?.parameters[0]
    expect(name?.required).toBe(true)
    const types = name?.choices?.map(({ value, type, count }) => [value, type, count])
    expect(types?.sort()).toEqual([
      ['city', 'text', 2],
      ['since', 'date', 1],
      ['size', 'number', 2],
      ['vegan', 'boolean', 1],
    ])
    expect(name?.choices?.find(({ value }) => value === 'city')?.values).toEqual([
      { value: 'Wien', label: 'Wien', count: 2 },
    ])
    const typeOf = (is: string) => attribute?.operators.find((operator) => operator.is === is)?.type
    expect([typeOf('contains'), typeOf('>='), typeOf('before'), typeOf('true'), typeOf('set')]).toEqual([
      'text',
      'number',
      'date',
      'boolean',
      undefined,
    ])
  })

  test('names segments by id, with their members', async () => {
    const choices = (await facts())('segment')?.operators[0]?.choices
    expect(choices?.map(({ value, label }) => [value, label])).toContainEqual([
      expect.stringMatching(/^[a-z0-9-]+$/),
      'Women',
    ])
    expect(choices?.every(({ count }) => typeof count === 'number')).toBe(true)
  })

  test('says what is money, and what bounds a value', async () => {
    const fact = await facts()
    expect(fact('payment_total')?.operators.map(({ input }) => input)).toContain('money_range')
    expect(fact('payment_count')?.operators[0]?.input).toBe('number')
    expect(fact('rank')?.operators[0]?.limits).toEqual({ min: 1, max: 1_000_000, whole: true })
    expect(fact('last_booking')?.operators[0]?.limits?.units?.months).toBe(1_200)
  })
})

test('of a table with more rows than are looked through, all are counted behind the answer', async () => {
  const groups = async () => (await countValues(database.db, 'customers', 1)).get('customer_group')
  expect((await groups())?.length).toBeGreaterThan(0)
  await until(async () => (await groups())?.every(({ count }) => count !== undefined) ?? false)
  expect(await groups()).toEqual([
    { value: 'Gold', count: 2 },
    { value: 'Silver', count: 1 },
  ])
})
