/** What counts as a success of a message, and for how many days after it. */
export type Compared = { goal: 'attended' | 'booked'; days: number }
