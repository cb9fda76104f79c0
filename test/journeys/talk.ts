/** Sets how the simulator at this address talks in calls that begin from now on. */
export async function letTalk(providerUrl: string, conversation: object): Promise<void> {
  const { ok, status } = await fetch(`${providerUrl}/simulator/conversation`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(conversation),
  });
  if (!ok) throw new Error(`the simulator answered ${status} to how it should talk`);
}
