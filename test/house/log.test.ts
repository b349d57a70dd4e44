import { expect, test } from '@jest/globals'
import { ApplicationFailure } from '@temporalio/common'
import { describeError, withoutValues } from '../../domain/log.ts'

test('an error of the database is logged by its code: its sentence quotes values', () => {
  const error = Object.assign(new Error("insert into customers … - Duplicate entry 'anna@mail.test'"), {
    ...{ code: 'ER_DUP_ENTRY', errno: 1062, sqlState: '23000' },
  })
  expect(describeError(error)).toMatchObject({ code: 'ER_DUP_ENTRY', errno: 1062, sqlState: '23000' })
  expect(JSON.stringify(describeError(error))).not.toMatch(/anna|Duplicate/)
})

test('nor do errors that carry it, or the words of a mail server, tell of anybody', () => {
  const carried = ApplicationFailure.create({
    message: `update customers set first_name = 'O\\'Neil' - Data too long for '…'`,
    cause: new Error('550 5.1.1 <anna.neil@mail.test>: no such user'),
  })
  const text = JSON.stringify(describeError(carried))
  expect(text).not.toMatch(/Neil|anna|mail\.test/)
  expect(text).toContain('550 5.1.1')
  expect(withoutValues('connect ECONNREFUSED 127.0.0.1:3306')).toBe('connect ECONNREFUSED 127.0.0.1:3306')
})
