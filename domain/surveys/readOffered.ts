import { type Database, rows } from '../database.ts'
import { keyring } from '../settings/secret.ts'
import { readToken, verifyToken } from '../tracking/token.ts'

/** One answer of a question, as the mail offered it. */
type Choice = { answer: string; label: string }

/** What the link of an answer stands for: the question that a mail asked, and the answer that was clicked. */
export type Offered = {
  delivery: number
  customerId: number
  language: string | null
  survey: string
  question: string
  choices: Choice[]
  clicked: string
  /** The answer that stands; null before the first. */
  given: string | null
}

type Row = {
  customer_id: number
  language: string | null
  survey: string
  question: string
  answer: string
  label: string
  position: number
}

/** Reads the token of an answer's link. Null when nobody here wrote it, or its delivery or customer is gone. */
export async function readOffered(db: Database, token: string): Promise<Offered | null> {
  const thing = readToken(token)
  if (thing?.kind !== 'answer' || !verifyToken(await keyring(db, 'tracking'), token)) return null
  const offered = await rows<Row>(
    db,
    `SELECT d.customer_id, c.language, a.survey, a.question, a.answer, a.label, a.position
     FROM deliveries d JOIN customers c ON c.id = d.customer_id
     JOIN campaign_answers a ON a.campaign_id = d.campaign_id WHERE d.id = ? AND c.known = 1 ORDER BY a.position`,
    [thing.delivery],
  )
  const clicked = offered.find(({ position }) => position === thing.link)
  if (clicked === undefined) return null
  const { survey, question } = clicked
  const choices = questionAround(offered, clicked)
  return {
    delivery: thing.delivery,
    customerId: clicked.customer_id,
    language: clicked.language,
    ...{ survey, question, choices },
    clicked: clicked.answer,
    given: await givenAnswer(db, thing.delivery, survey),
  }
}

/** A mail may ask the same question twice, say in two languages: the answers beside the clicked one are meant. */
function questionAround(offered: readonly Row[], clicked: Row): Choice[] {
  const same = ({ survey, question }: Row) => survey === clicked.survey && question === clicked.question
  const seen = new Map<string, Choice>()
  for (const row of offered) {
    if (same(row) && !seen.has(row.answer)) seen.set(row.answer, { answer: row.answer, label: row.label })
  }
  seen.set(clicked.answer, { answer: clicked.answer, label: clicked.label })
  return [...seen.values()]
}

async function givenAnswer(db: Database, delivery: number, survey: string): Promise<string | null> {
  const sql = 'SELECT answer FROM survey_answers WHERE delivery_id = ? AND survey = ? AND replaced_at IS NULL'
  const [given] = await rows<{ answer: string }>(db, sql, [delivery, survey])
  return given?.answer ?? null
}
