import { BYTE_ORDER_MARK } from '../domain/csv/csvLine.ts'
import { knownCustomer } from '../domain/customers/knownCustomer.ts'
import { personalData } from '../domain/erasure/personalData.ts'
import { exportCsv } from '../domain/exports/exportCsv.ts'
import { EXPORT_KINDS } from '../domain/exports/kinds.ts'
import { FILE_WORDS } from '../domain/exports/words.ts'
import { requireProvider } from '../domain/segments/requireProvider.ts'
import { readSettings } from '../domain/settings/readSettings.ts'
import { EXPORT_ENDPOINTS, exportPerson } from './contract/exports.ts'
import { ownProvider } from './ownProvider.ts'
import { Download, type Route, route } from './server/route.ts'

export const exportRoutes: Route[] = [
  ...EXPORT_KINDS.map((kind) =>
    route(EXPORT_ENDPOINTS[kind], async ({ query, caller, services }) => {
      const language = query.language ?? (await readSettings(services.db)).language
      const own =
        ownProvider(caller) ??
        (query.provider === undefined ? null : await requireProvider(services.db, query.provider, '/query/provider'))
      const pieces = exportCsv(services.db, kind, { own, language })
      const day = services.now().toISOString().slice(0, 10)
      return new Download(`${FILE_WORDS[language][kind]}-${day}.csv`, marked(pieces))
    }),
  ),

  route(exportPerson, async ({ params, query, services }) => {
    const language = query.language ?? (await readSettings(services.db)).language
    const customer = await knownCustomer(services.db, params.customer)
    const name = `${params.customer.replace(/[^A-Za-z0-9_-]/g, '_')}.zip`
    return new Download(name, await personalData(services.db, customer, language, services.now()))
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
