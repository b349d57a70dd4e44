import { describe, expect, test } from '@jest/globals'
import type { Locator } from 'playwright-core'
import type { Rule } from '../../rules/rule.ts'
import { seriousFaults } from '../support/browser.ts'
import { until } from '../support/until.ts'
import { cancelled, female, serveOutline, uncancelled } from './serveOutline.ts'

const { page, api, counted, line, said, create, open, press, focused } = serveOutline()

const nested: Rule = { all: [cancelled, { any: [female, { not: uncancelled }] }, { not: { all: [female] } }] }

describe('the outline of a rule', () => {
  test('is a tree that says each line with its numbers, place and level', async () => {
    await open(await create('Nested', nested))
    const tree = page().getByRole('tree', { name: 'Rule of Nested, as an outline' })
    const items = await tree.getByRole('treeitem').evaluateAll((all) =>
      all.map((item) => {
        const of = (name: string) => item.getAttribute(`aria-${name}`)
        return `${of('level')}: ${of('posinset')}/${of('setsize')} ${of('label')}${of('expanded') ? ' (open)' : ''}`
      }),
    )
    expect(items).toEqual([
      '1: 1/1 All of, 3 parts. 10 arrive, 1 pass, 9 out (open)',
      '2: 1/4 Membership is valid, but cancelled. 10 arrive, 3 pass, 7 out',
      '2: 2/4 Any of, 2 parts. 3 arrive, 3 pass, 0 out (open)',
      '3: 1/3 Gender is female. 3 arrive, 2 pass, 1 out',
      '3: 2/3 not Membership is valid, not cancelled. 3 arrive, 3 pass, 0 out',
      '3: 3/3 Add to “Any of”',
      '2: 3/4 not All of, one part. 3 arrive, 1 pass, 2 out (open)',
      '3: 1/2 Gender is female. 3 arrive, 2 pass, 1 out',
      '3: 2/2 Add to “All of”',
      '2: 4/4 Add to “All of”',
    ])
    expect(await seriousFaults(page())).toEqual([])
    await page().emulateMedia({ colorScheme: 'dark' })
    expect(await seriousFaults(page())).toEqual([])
  })

  test('is walked through by arrows, Home, End and letters, with one tab stop that can be seen', async () => {
    await open(await create('Walk', nested))
    await page()
      .getByRole('button', { name: 'Show no way' })
      .or(page().getByRole('link', { name: 'Rule' }))
      .first()
      .focus()
    while ((await page().locator('[role="treeitem"]:focus').count()) === 0) await press('Tab')
    await focused('group:')
    await press('ArrowDown', 'ArrowDown')
    await focused('fork:/all/1')
    const outline = await line('fork:/all/1').evaluate((item) => getComputedStyle(item).outlineStyle)
    expect(outline).toBe('solid')
    await press('ArrowLeft')
    await focused('folded:/all/1')
    expect(await line('folded:/all/1').getAttribute('aria-expanded')).toBe('false')
    expect(await said('folded:/all/1')).toContain('Any of, 2 parts: ')
    await press('ArrowDown')
    await focused('enter:/all/2')
    await press('ArrowUp', 'ArrowRight')
    await page().locator('[data-card="fork:/all/1"][aria-expanded="true"]:focus').waitFor()
    await press('ArrowRight')
    await focused('condition:/all/1/any/0')
    await press('End')
    await focused('add:')
    await press('Home')
    await focused('group:')
    await press('v')
    await focused('condition:/all/0')
    expect(await page().locator('[role="treeitem"][tabindex="0"]').count()).toBe(1)
  })

  test('opens the form of a condition by Enter and by a click on a pill, and the numbers follow', async () => {
    await open(await create('Edit', { all: [female, cancelled] }))
    await line('condition:/all/0').focus()
    await press('Enter')
    await page().getByRole('region', { name: 'Change the condition' }).locator(':focus').waitFor()
    await press('Escape')
    await focused('condition:/all/0')
    await line('condition:/all/0').locator('[data-field="value"]').click()
    await page().getByRole('checkbox', { name: /^male/i }).check()
    await page().locator('[data-card="condition:/all/0"][aria-label*="female or male. 10 arrive, 10 pass"]').waitFor()
    await page().locator('[data-card="condition:/all/1"][aria-label*="10 arrive, 3 pass"]').waitFor()
  })

  test('shows a mistake on its line', async () => {
    await open(await create('Mistake', { all: [female, { not: cancelled }] }))
    await line('condition:/all/0').click()
    await page()
      .getByRole('checkbox', { name: /^female/i })
      .uncheck()
    await page().locator('[data-card="condition:/all/0"][data-problem]').waitFor()
    expect(await page().getByRole('button', { name: 'Publish…' }).isDisabled()).toBe(true)
    expect(await seriousFaults(page())).toEqual([])
  })

  test('marks the lines that hold for a customer, with what was seen', async () => {
    await open(await create('Followed', { all: [female, { not: uncancelled }] }), '?customer=c4')
    await line('condition:/all/0').getByText('holds', { exact: true }).waitFor()
    await line('condition:/all/0').getByText('seen: female').waitFor()
    await line('condition:/all/1').getByText('does not hold', { exact: true }).waitFor()
    await line('group:').getByText('does not hold', { exact: true }).waitFor()
    expect(await seriousFaults(page())).toEqual([])
  })
})

describe('canvas and outline', () => {
  test('are two views of one draft: selection, form and undo are kept', async () => {
    await open(await create('Switch', { all: [female, cancelled] }))
    await line('condition:/all/0').click()
    await page().getByRole('checkbox', { name: /^male/i }).check()
    await page().getByText('Canvas', { exact: true }).click()
    await page().locator('button[data-card="condition:/all/0"][data-selected]').waitFor()
    await page().locator('button[data-card="condition:/all/0"][aria-label*="female or male"]').waitFor()
    expect(await page().getByRole('region', { name: 'Change the condition' }).isVisible()).toBe(true)
    await page().getByRole('button', { name: 'Undo: Gender' }).click()
    await page().getByText('Outline', { exact: true }).click()
    await page().locator('[data-card="condition:/all/0"][aria-selected="true"]').waitFor()
    expect(await said('condition:/all/0')).toContain('Gender is female.')
    await page().getByRole('button', { name: 'Redo: Gender' }).click()
    await page().locator('[data-card="condition:/all/0"][aria-label*="female or male"]').waitFor()
  })

  test('the one chosen last opens again; a narrow window opens the outline', async () => {
    const id = await create('Views', { all: [female] })
    await page().goto(`${api().url}/segments/${id}/rule`)
    await page().locator('[data-card="result:"]').waitFor()
    await page().getByText('Outline', { exact: true }).click()
    await page().reload()
    await page().getByRole('tree').waitFor()
    await page().getByText('Canvas', { exact: true }).click()
    await page().locator('[data-card="result:"]').waitFor()
    await page().setViewportSize({ width: 390, height: 844 })
    await page().getByRole('tree').waitFor()
    await page().getByText('Canvas', { exact: true }).click()
    await page().reload()
    await page().locator('[data-card="result:"]').waitFor()
  })

  test('on a phone the form and the customers of a line come up over the outline, and the line stays in sight', async () => {
    await page().setViewportSize({ width: 390, height: 844 })
    const many: Rule = { all: Array.from({ length: 12 }, () => female) }
    await page().goto(`${api().url}/segments/${await create('Sheet', many)}/rule`)
    await counted()
    const box = async (of: Locator) => {
      const { y = -1, height = 0 } = (await of.boundingBox()) ?? {}
      return { top: y, bottom: y + height }
    }
    const last = line('condition:/all/11')
    await last.click()
    const form = page().getByRole('region', { name: 'Change the condition' })
    await form.getByRole('button', { name: 'Done' }).waitFor()
    await until(async () => (await box(last)).bottom <= (await box(form)).top)
    expect((await box(form)).bottom).toBeLessThanOrEqual(844)
    await form.getByRole('button', { name: 'Done' }).click()
    await focused('condition:/all/11')
    await last.getByRole('button', { name: '5 pass here' }).click()
    const list = page().getByRole('region', { name: '5 pass here' })
    await list.getByText('Name2 Sample').waitFor()
    expect((await box(list)).bottom).toBeLessThanOrEqual(844)
  })

  test('on a phone nothing is cut off, everything can be touched, and the panel stands under the outline', async () => {
    await page().setViewportSize({ width: 390, height: 844 })
    const id = await create('Phone', nested)
    await page().goto(`${api().url}/segments/${id}/rule`)
    await counted()
    const boxes = await page()
      .locator('[role="treeitem"]')
      .evaluateAll((all) =>
        all.map((item) => {
          const { left, right, height } = item.getBoundingClientRect()
          return { inside: left >= 0 && right <= 390 && item.scrollWidth <= item.clientWidth, high: height >= 44 }
        }),
      )
    expect(boxes.every(({ inside, high }) => inside && high)).toBe(true)
    const tree = await page().getByRole('tree').boundingBox()
    const panel = await page().getByRole('complementary', { name: 'About this rule' }).boundingBox()
    expect(panel?.y).toBeGreaterThanOrEqual((tree?.y ?? 0) + (tree?.height ?? 0))
    expect(await seriousFaults(page())).toEqual([])
  })
})
