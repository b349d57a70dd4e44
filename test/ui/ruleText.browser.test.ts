/** A rule read and changed as YAML: the third view of the same tree. */
import { describe, expect, test } from '@jest/globals'
import { seriousFaults } from '../support/browser.ts'
import { cancelled, female, serveOutline } from './serveOutline.ts'

const { page, create, open, line, press } = serveOutline()

const editor = () => page().getByRole('textbox', { name: /^Rule of .*, as YAML$/ })
const view = (name: string) =>
  page().getByRole('radiogroup', { name: 'View of the rule' }).getByText(name, { exact: true }).click()
const lines = async () => (await editor().locator('.cm-line').allTextContents()).join('\n').trim()
/** The rule by the outline: what its conditions say. */
const conditions = () =>
  page()
    .locator('[data-card^="condition:"]')
    .evaluateAll((all) => all.map((one) => one.getAttribute('data-card')))

async function replaceAll(text: string): Promise<void> {
  await editor().click()
  await press('Control+a')
  await page().keyboard.insertText(text)
}

describe('the rule as YAML', () => {
  test('is the rule, with the caret where something was selected, and what is typed changes it', async () => {
    await open(await create('Text', { all: [female, cancelled] }))
    await line('condition:/all/1').click()
    await view('YAML')
    await editor().waitFor()
    expect(await lines()).toBe(
      'all:\n  - { fact: gender, is: one_of, value: [ female ] }\n  - { fact: membership, is: valid_cancelled }',
    )
    await page().locator('.cm-activeLine', { hasText: 'membership' }).waitFor()
    expect(await seriousFaults(page())).toEqual([])

    await replaceAll('any:\n  - { fact: age, is: ">=", value: 30 }\n  - { fact: joined, is: set }\n')
    await page().getByRole('button', { name: 'Undo: edit as text' }).waitFor()
    await view('Outline')
    await line('condition:/any/1').waitFor()
    expect(await conditions()).toEqual(['condition:/any/0', 'condition:/any/1'])
    await page().getByRole('button', { name: 'Undo: edit as text' }).click()
    await line('condition:/all/1').waitFor()
    await view('YAML')
    await page().locator('.cm-line', { hasText: 'valid_cancelled' }).waitFor()
  })

  test('says where it cannot be read, keeps what was typed, and leaves the rule as it was', async () => {
    await open(await create('Wrong', { all: [female] }))
    await view('YAML')
    await replaceAll('all:\n  - { fact: gendre, is: set }\n')
    const alert = page().getByRole('alert').filter({ hasText: 'Not a rule yet' })
    await alert.getByText('Line 2, column 13').waitFor()
    await alert.getByText('gender').waitFor()
    await page().locator('.cm-lintRange-error').waitFor()
    await view('Outline')
    await line('condition:/all/0').waitFor()
    expect(await conditions()).toEqual(['condition:/all/0'])
    await view('YAML')
    await alert.waitFor()
    expect(await lines()).toBe('all:\n  - { fact: gendre, is: set }')
    await replaceAll('all:\n  - { fact: gender, is: set }\n')
    await alert.waitFor({ state: 'detached' })
    await page().getByRole('button', { name: 'Undo: edit as text' }).waitFor()
  })
})
