type Kinds::Maybe = Optional[Kinds::Port]
