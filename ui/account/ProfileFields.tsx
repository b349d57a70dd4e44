import { Button, Group, NativeSelect, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { type Account, changeAccount } from '../../api/contract/access.ts'
import { call } from '../client/call.ts'
import { sessionQuery } from '../client/session.ts'
import { isLanguage, LANGUAGES, ownName } from '../messages/index.ts'
import { Sheet } from '../settings/Sheet.tsx'
import { notifyDone, useNotifyProblem } from '../shared/notify.ts'
import { useChosenLanguage } from '../shared/useLanguage.ts'
import { useText } from '../shared/useText.tsx'
import { accountQuery } from './accountQuery.ts'

/** Name and language; the language holds wherever they sign in, and here at once. */
export function ProfileFields({ account }: { account: Account }) {
  const text = useText()
  const queries = useQueryClient()
  const notifyProblem = useNotifyProblem()
  const [, choose] = useChosenLanguage()
  const [name, setName] = useState(account.name)
  const [language, setLanguage] = useState<string>(account.language ?? '')
  const save = useMutation({
    mutationFn: () => call(changeAccount, { body: { name, language: isLanguage(language) ? language : null } }),
    onSuccess: (changed) => {
      queries.setQueryData(accountQuery.queryKey, changed)
      void queries.invalidateQueries({ queryKey: sessionQuery.queryKey })
      if (changed.language !== null) choose(changed.language)
      notifyDone(text('account.saved'))
    },
    onError: notifyProblem,
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    save.mutate()
  }
  return (
    <form onSubmit={submit}>
      <Sheet title={text('account.profile')}>
        <TextInput label={text('account.email')} value={account.email} readOnly />
        <TextInput
          label={text('account.name')}
          required
          withAsterisk={false}
          maxLength={200}
          autoComplete="name"
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <NativeSelect
          label={text('account.language')}
          value={language}
          data={[
            { value: '', label: text('account.browserLanguage') },
            ...LANGUAGES.map((one) => ({ value: one, label: ownName(one) })),
          ]}
          onChange={(event) => setLanguage(event.currentTarget.value)}
        />
        <Group>
          <Button type="submit" loading={save.isPending}>
            {text('account.save')}
          </Button>
        </Group>
      </Sheet>
    </form>
  )
}
