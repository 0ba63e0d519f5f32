type Kinds::Pixel = Object[{parent => Kinds::Point, attributes => {color => Optional[String]}}]
