type Kinds::Path = Variant[Pattern[/\A\/.*\z/], Pattern[/\A[a-zA-Z]:\\/]]
