import { BYTE_ORDER_MARK } from '../domain/csv/csvLine.ts'
import { exportCustomers as toCsv } from '../domain/customers/exportCustomers.ts'
import { ALL_COLUMNS, exportWords } from '../domain/customers/exportWords.ts'
import { facetOf } from '../domain/customers/facets.ts'
import { listCustomers as customersPage, type Listed } from '../domain/customers/listCustomers.ts'
import { readSettings } from '../domain/settings/readSettings.ts'
import {
  exportCustomers,
  getCustomerFacet,
  type ListedCustomer,
  listCustomers,
  searchCustomers,
} from './contract/customerList.ts'
import { filterOf } from './customerFilter.ts'
import { ownProvider } from './ownProvider.ts'
import { Download, type Route, route } from './server/route.ts'

const iso = (instant: Date | null): string | null => instant?.toISOString() ?? null

const shown = ({ items, ...page }: { items: Listed[]; next: string | null; total: number }) => ({
  ...page,
  items: items.map(
    (customer): ListedCustomer => ({
      ...customer,
      joined_at: iso(customer.joined_at),
      last_booking_at: iso(customer.last_booking_at),
    }),
  ),
})

export const customerListRoutes: Route[] = [
  route(listCustomers, async ({ query, caller, services }) => {
    const { limit, cursor, segment, provider, sort, direction } = query
    const own = ownProvider(caller) ?? undefined
    const search = { filter: filterOf(query), segment, provider, sort, direction, own }
    return shown(await customersPage(services.db, search, { limit, cursor }, '/query'))
  }),

  route(searchCustomers, async ({ body, caller, services }) => {
    const { limit, cursor, ...search } = body
    const own = ownProvider(caller) ?? undefined
    return shown(await customersPage(services.db, { ...search, own }, { limit, cursor }))
  }),

  route(getCustomerFacet, async ({ query, caller, services }) => {
    const { facet, segment, provider } = query
    const search = { filter: filterOf(query), segment, provider, own: ownProvider(caller) ?? undefined }
    return { items: await facetOf(services.db, facet, search), next: null }
  }),

  route(exportCustomers, async ({ body, caller, services }) => {
    const { customers, columns = ALL_COLUMNS } = body
    const language = body.language ?? (await readSettings(services.db)).language
    const search = { ...body.search, own: ownProvider(caller) ?? undefined }
    const file = await toCsv(services.db, { search, customers, columns, language })
    const day = services.now().toISOString().slice(0, 10)
    return new Download(`${exportWords(language).file}-${day}.csv`, body.bom ? marked(file) : file)
  }),
]

async function* marked(file: AsyncGenerator<string>): AsyncGenerator<string> {
  yield BYTE_ORDER_MARK
  yield* file
}
