import { expect, test } from '@jest/globals'
import { openApiDocument } from '../../api/openapi/document.ts'
import { routes } from '../../api/routes.ts'
import { curlOf } from '../../ui/reference/curl.ts'
import { callsOf, type OpenApi, search } from '../../ui/reference/document.ts'
import { writeSchema } from '../../ui/reference/writeSchema.ts'

const document = openApiDocument(routes.map(({ endpoint }) => endpoint)) as unknown as OpenApi
const calls = callsOf(document)
const callOf = (id: string) => {
  const found = calls.find(({ operationId }) => operationId === id)
  if (found === undefined) throw new Error(`There is no ${id}`)
  return found
}

test('a schema is written as people read it', () => {
  const quote = callOf('postQuotes').requestBody?.content['application/json']?.schema ?? {}
  expect(writeSchema(document, quote)).toContain('starts_at: instant')
  const schema = {
    type: 'object',
    required: ['a'],
    properties: {
      a: { type: 'string', minLength: 1, maxLength: 5, description: 'The first\none' },
      b: { anyOf: [{ type: 'integer', minimum: 0, maximum: Number.MAX_SAFE_INTEGER }, { type: 'null' }], default: 1 },
      c: { type: 'array', items: { enum: ['x', 'y'] } },
    },
  }
  expect(writeSchema(document, schema)).toBe(
    '{\n  a: string (1…5)  // The first one\n  b?: integer (0…) | null = 1\n  c?: ("x" | "y")[]\n}',
  )
})

test('every call of the document can be written, as a schema and as a command', () => {
  expect(calls.length).toBe(routes.length)
  for (const call of calls) {
    const schemas = [
      call.requestBody?.content['application/json']?.schema,
      ...Object.values(call.responses).flatMap(({ content = {} }) =>
        Object.values(content).map(({ schema }) => schema),
      ),
    ]
    for (const schema of schemas)
      if (schema !== undefined) expect(writeSchema(document, schema)).not.toContain('undefined')
    expect(curlOf(document, call, 'https://studio.test')).toContain(`https://studio.test/api/v1/${call.tags[0]}`)
  }
  const curl = curlOf(document, callOf('postRedemptions'), 'https://studio.test')
  expect(curl).toBe(
    `curl -s "https://studio.test/api/v1/redemptions" \\\n  -H "Authorization: Bearer $KEY" \\\n  -H 'Content-Type: application/json' \\\n  -d '{\n  "booking": "b-1"\n}'`,
  )
})

test('calls are found by all words', () => {
  expect(search(calls, 'webhooks REPLAY').map(({ path }) => path)).toEqual(['/webhooks/{id}/replay'])
  expect(search(calls, 'rewards.redeem post').map(({ path }) => path)).toEqual(['/redemptions'])
  expect(search(calls, 'no such words')).toEqual([])
})
