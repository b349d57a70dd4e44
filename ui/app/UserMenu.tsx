import { Menu, UnstyledButton, useMantineColorScheme } from '@mantine/core'
import { IconDeviceDesktop, IconLogout, IconMoon, IconSelector, IconSun, IconUserCircle } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { signOut } from '../../api/contract/access.ts'
import { call } from '../client/call.ts'
import { useSession } from '../client/session.ts'
import { isLanguage, LANGUAGES, ownName } from '../messages/index.ts'
import { useLanguage } from '../shared/useLanguage.ts'
import { useText } from '../shared/useText.tsx'
import classes from './UserMenu.module.css'

const SCHEMES = [
  { scheme: 'auto', icon: IconDeviceDesktop },
  { scheme: 'light', icon: IconSun },
  { scheme: 'dark', icon: IconMoon },
] as const

const isScheme = (value: string): value is (typeof SCHEMES)[number]['scheme'] =>
  SCHEMES.some(({ scheme }) => scheme === value)

/** Who is signed in, the appearance and the language (remembered in this browser) and the way out. */
export function UserMenu() {
  const text = useText()
  const { user, business } = useSession()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const [language, chooseLanguage] = useLanguage()
  const queries = useQueryClient()
  const navigate = useNavigate()
  const leave = useMutation({
    mutationFn: () => call(signOut),
    onSettled: async () => {
      await navigate({ to: '/sign-in', search: {} })
      queries.clear()
    },
  })

  return (
    <Menu position="top-start" width={200} shadow="md">
      <Menu.Target>
        <UnstyledButton className={classes.button} aria-label={text('user.menu', { name: user.name || user.email })}>
          <span className={classes.names}>
            <span className={classes.name}>{user.name || user.email}</span>
            <span className={classes.business}>{business.name}</span>
          </span>
          <IconSelector size={16} aria-hidden="true" />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          leftSection={<IconUserCircle size={16} />}
          renderRoot={(rest: object) => <Link {...rest} to="/account" />}
        >
          {text('account.title')}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Label>{text('user.appearance')}</Menu.Label>
        <Menu.RadioGroup value={colorScheme} onChange={(next) => isScheme(next) && setColorScheme(next)}>
          {SCHEMES.map(({ scheme, icon: Sign }) => (
            <Menu.RadioItem key={scheme} value={scheme} rightSection={<Sign size={16} />}>
              {text(`user.${scheme}`)}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
        <Menu.Divider />
        <Menu.Label>{text('user.language')}</Menu.Label>
        <Menu.RadioGroup value={language} onChange={(next) => isLanguage(next) && chooseLanguage(next)}>
          {LANGUAGES.map((one) => (
            <Menu.RadioItem key={one} value={one} lang={one}>
              {ownName(one)}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={16} />} onClick={() => leave.mutate()}>
          {text('user.signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
