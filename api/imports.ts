import { BYTE_ORDER_MARK } from '../domain/csv/csvLine.ts'
import {
  cancelImport as cancel,
  changeImport as change,
  lackingIn,
  removeFile,
  resumeImport,
  startImport as start,
} from '../domain/imports/changeImport.ts'
import { completeUpload, createImport as create } from '../domain/imports/createImport.ts'
import { keepPart } from '../domain/imports/fileParts.ts'
import { type Import, PART_BYTES } from '../domain/imports/import.ts'
import { listProblems, previewImport as preview } from '../domain/imports/preview.ts'
import { listImports as list, requireImport } from '../domain/imports/readImports.ts'
import { PROBLEM_COLUMNS, type Reason, type ReasonLanguage, reasonSentence } from '../domain/imports/reasons.ts'
import { rejectedCsv } from '../domain/imports/rejectedCsv.ts'
import type { RowItem } from '../domain/imports/rowItem.ts'
import { readSettings } from '../domain/settings/readSettings.ts'
import { callerName } from './callerName.ts'
import {
  cancelImport,
  changeImport,
  completeImport,
  createImport,
  exportRejected,
  getImport,
  type ImportFile,
  keepImportPart,
  listImportProblems,
  listImports,
  previewImport,
  removeImport,
  startImport,
} from './contract/imports.ts'
import { readIdCursor } from './idCursor.ts'
import { Download, type Route, route } from './server/route.ts'
import type { Services } from './server/services.ts'

const iso = (at: Date | null) => at?.toISOString() ?? null

function shown(file: Import): ImportFile {
  const { id, fileName, createdBy, createdAt, startedAt, finishedAt, fileRemovedAt, ...rest } = file
  return {
    ...rest,
    id: String(id),
    name: fileName,
    part_bytes: PART_BYTES,
    lacking: file.state === 'ready' ? lackingIn(file.kind, file.mapping).map((names) => [...names]) : [],
    created_by: createdBy,
    created_at: createdAt.toISOString(),
    started_at: iso(startedAt),
    finished_at: iso(finishedAt),
    file_removed_at: iso(fileRemovedAt),
  }
}

const inWords = (reasons: readonly Reason[], language: ReasonLanguage) =>
  reasons.map((reason) => ({ code: reason.code, column: reason.column, message: reasonSentence(reason, language) }))

const rowIn = (language: ReasonLanguage) => (row: RowItem) => ({ ...row, reasons: inWords(row.reasons, language) })

const languageOf = async ({ db }: Services, asked: ReasonLanguage | undefined): Promise<ReasonLanguage> =>
  asked ?? (await readSettings(db)).language

export const importRoutes: Route[] = [
  route(createImport, async ({ body, caller, services }) => {
    const id = await create(services.db, body, callerName(caller), services.now())
    return shown(await requireImport(services.db, id))
  }),

  route(keepImportPart, async ({ params, body, services }) => {
    await keepPart(services.db, Number(params.id), Number(params.place), Buffer.from(body.data, 'base64'))
  }),

  route(completeImport, async ({ params, services }) =>
    shown(await completeUpload(services.db, Number(params.id), services.now())),
  ),

  route(listImports, async ({ query, services }) => {
    const { limit, cursor } = query
    const found = await list(services.db, { limit: limit + 1, before: readIdCursor(cursor) })
    const page = found.slice(0, limit)
    return { items: page.map(shown), next: found.length > limit ? String(page.at(-1)?.id) : null }
  }),

  route(getImport, async ({ params, services }) => shown(await requireImport(services.db, Number(params.id)))),

  route(changeImport, async ({ params, body, services }) =>
    shown(await change(services.db, Number(params.id), body, services.now())),
  ),

  route(previewImport, async ({ params, query, services }) => {
    const language = await languageOf(services, query.language)
    const file = await requireImport(services.db, Number(params.id))
    const { rows, problems, ...counts } = await preview(services.db, file, services.now())
    return { ...counts, rows: rows.map(rowIn(language)), problems: problems.map(rowIn(language)) }
  }),

  route(startImport, async ({ params, services, trail }) => {
    const id = Number(params.id)
    const { state, fileName } = await requireImport(services.db, id)
    trail.name = fileName
    const begin = state === 'failed' || state === 'cancelled' ? resumeImport : start
    const file = await begin(services.db, id, services.now())
    await services.workflows.dispatchOutbox()
    return shown(file)
  }),

  route(cancelImport, async ({ params, services }) =>
    shown(await cancel(services.db, Number(params.id), services.now())),
  ),

  route(listImportProblems, async ({ params, query, services }) => {
    const { id } = await requireImport(services.db, Number(params.id))
    const language = await languageOf(services, query.language)
    const after = readIdCursor(query.cursor) ?? 0
    const found = await listProblems(services.db, id, { limit: query.limit + 1, after })
    const page = found.slice(0, query.limit)
    return {
      items: page.map((row) => ({ ...row, reasons: inWords(row.reasons, language) })),
      next: found.length > query.limit ? String(page.at(-1)?.number) : null,
    }
  }),

  route(exportRejected, async ({ params, query, services }) => {
    const language = await languageOf(services, query.language)
    const pieces = rejectedCsv(services.db, Number(params.id), language)
    return new Download(`${PROBLEM_COLUMNS[language].file}-${params.id}.csv`, marked(pieces))
  }),

  route(removeImport, async ({ params, services }) => {
    await removeFile(services.db, Number(params.id), services.now())
  }),
]

/** With a mark at its beginning, by which spreadsheets know UTF-8. */
async function* marked(pieces: AsyncIterable<string>): AsyncGenerator<string> {
  let mark = BYTE_ORDER_MARK
  for await (const piece of pieces) {
    yield mark + piece
    mark = ''
  }
}
