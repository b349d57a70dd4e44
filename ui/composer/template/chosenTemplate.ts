import { z } from 'zod'

/** The template that a mail is made of, as the composer keeps it. */
export const chosenTemplate = z.object({ id: z.string(), name: z.string(), subject: z.string() })
export type ChosenTemplate = z.infer<typeof chosenTemplate>
