import type { z } from 'zod'
import type { catalogueFact } from '../../../api/contract/catalogue.ts'

export type CatalogueFact = z.output<typeof catalogueFact>
export type CatalogueOperator = CatalogueFact['operators'][number]
export type Choices = NonNullable<CatalogueOperator['choices']>
export type Limits = NonNullable<CatalogueOperator['limits']>
