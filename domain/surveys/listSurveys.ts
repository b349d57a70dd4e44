import type { Knex } from 'knex'
import { customerName, NAME_COLUMNS, type Named } from '../customers/name.ts'
import { type Database, rows } from '../database.ts'

export type SurveyCounts = {
  survey: string
  /** As it was asked last. */
  question: string
  total: number
  comments: number
  lastAt: Date
  answers: { answer: string; label: string; count: number }[]
}

type CountRow = {
  survey: string
  answer: string
  count: number
  comments: number
  last_at: Date
  question: string
  label: string
}

/** How many gave which answer, most first; whoever changed their mind counts with the last one. Newest surveys first. */
export async function countAnswers(db: Database): Promise<SurveyCounts[]> {
  const found = await rows<CountRow>(
    db,
    `SELECT n.survey, n.answer, n.count, n.comments, n.last_at, l.question, l.label FROM (
       SELECT survey, answer, COUNT(*) AS count, COUNT(comment) AS comments, MAX(answered_at) AS last_at, MAX(id) AS id
       FROM survey_answers WHERE replaced_at IS NULL GROUP BY survey, answer
     ) n JOIN survey_answers l ON l.id = n.id ORDER BY n.count DESC, n.answer`,
  )
  const surveys = new Map<string, SurveyCounts>()
  for (const { survey, question, answer, label, count, comments, last_at: lastAt } of found) {
    const known = surveys.get(survey) ?? { survey, question, total: 0, comments: 0, lastAt, answers: [] }
    known.total += count
    known.comments += comments
    if (lastAt > known.lastAt) Object.assign(known, { lastAt, question })
    known.answers.push({ answer, label, count })
    surveys.set(survey, known)
  }
  return [...surveys.values()].sort((a, b) => b.lastAt.getTime() - a.lastAt.getTime())
}

export type GivenAnswer = {
  id: number
  customer: { id: string; name: string }
  survey: string
  answer: string
  question: string
  label: string
  comment: string | null
  answeredAt: Date
  /** Null when the message is gone. */
  delivery: number | null
}

type Row = Named & {
  id: number
  survey: string
  answer: string
  question: string
  label: string
  comment: string | null
  answered_at: Date
  delivery_id: number | null
}

/**
 * The answers to a survey that stand, newest first.
 *
 * @param before only those with a smaller id
 */
export async function listAnswers(
  db: Database,
  survey: string,
  { answer, limit, before }: { answer?: string | undefined; limit: number; before: number | null },
): Promise<GivenAnswer[]> {
  const bindings: Knex.RawBinding[] = [survey]
  if (answer !== undefined) bindings.push(answer)
  if (before !== null) bindings.push(before)
  const found = await rows<Row>(
    db,
    `SELECT a.id, a.survey, a.answer, a.question, a.label, a.comment, a.answered_at, a.delivery_id, ${NAME_COLUMNS}
     FROM survey_answers a JOIN customers c ON c.id = a.customer_id
     WHERE a.survey = ? AND a.replaced_at IS NULL ${answer === undefined ? '' : 'AND a.answer = ?'}
       ${before === null ? '' : 'AND a.id < ?'}
     ORDER BY a.id DESC LIMIT ?`,
    [...bindings, limit],
  )
  return found.map((row) => ({
    id: row.id,
    customer: { id: row.external_id, name: customerName(row) },
    survey: row.survey,
    answer: row.answer,
    question: row.question,
    label: row.label,
    comment: row.comment,
    answeredAt: row.answered_at,
    delivery: row.delivery_id,
  }))
}
