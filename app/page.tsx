import { Button } from '@mantine/core';
import { requirePageUser } from '#lib/auth';

export default async function Home() {
  const user = await requirePageUser('read', '/');
  return <Button>hello {user.name}</Button>;
}
