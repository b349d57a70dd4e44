import { createContext } from 'react'
import type { Place } from '../mjml/outcome.ts'

/** Where what is being dragged could be let go; none while nothing is. */
export const DraggedContext = createContext<readonly Place[]>([])
