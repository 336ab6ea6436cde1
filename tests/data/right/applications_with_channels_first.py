import keras

keras.config.set_image_data_format("channels_first")
backbone = keras.applications.ResNet50(input_shape=(3, None, None), include_top=False, weights=None)
features = backbone(keras.Input((3, 96, 64)))
keras.layers.Flatten()(features)
keras.applications.VGG16(weights=None)
