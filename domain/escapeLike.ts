/** A text as a part of a LIKE pattern that stands for itself: with `ESCAPE '!'`, `%` and `_` in it are signs like others. */
export const escapeLike = (text: string): string => text.replace(/[!%_]/g, '!$&')
