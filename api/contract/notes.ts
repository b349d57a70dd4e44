import { z } from 'zod'
import { externalId } from './common.ts'
import { endpoint } from './endpoint.ts'

const text = z.string().trim().min(1, 'Has to say something').max(4_000)
const oneNote = z.object({ id: externalId, note: z.string().regex(/^\d{1,15}$/) })

export const addNote = endpoint({
  method: 'post',
  path: '/customers/{id}/notes',
  permission: 'notes.write',
  summary:
    'Write a note on a customer; it stands in their timeline. A provider’s notes are seen by the business and by that provider',
  params: z.object({ id: externalId }),
  body: z.strictObject({ text }),
  answer: z.object({ note: z.string() }),
  status: 201,
})

export const changeNote = endpoint({
  method: 'put',
  path: '/customers/{id}/notes/{note}',
  permission: 'notes.write',
  summary: 'Give a note another text; who wrote it first stays named',
  params: oneNote,
  body: z.strictObject({ text }),
})

export const removeNote = endpoint({
  method: 'delete',
  path: '/customers/{id}/notes/{note}',
  permission: 'notes.write',
  summary: 'Remove a note',
  params: oneNote,
})
