type Shop::Port = Integer[1, 65535]
