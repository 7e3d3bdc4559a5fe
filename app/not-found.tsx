import { Container } from '@mantine/core';
import NotFound from './(dashboard)/not-found.tsx';

export default function NotFoundAnywhere() {
  return (
    <Container component="main" size="sm" py={96}>
      <NotFound />
    </Container>
  );
}
