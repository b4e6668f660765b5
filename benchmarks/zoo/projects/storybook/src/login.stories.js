export default { title: 'Shop/Login', argTypes: { password: { control: 'text' }, tokenTtl: { control: 'number' } } };

export const Empty = {
  args: { password: '', tokenTtl: 3600 },
  render: ({ password }) => `<form><label>Password <input type="password" value="${password}"></label></form>`,
};
